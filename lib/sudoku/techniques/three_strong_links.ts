/** Three strong links (5.4 to 5.7) of one digit in a row. */
import type { Technique } from "./step.ts";
import { strongLinkSteps } from "./strong_links.ts";

const options = { technique: "Three strong links", tenths: 54, count: 3 };

/** Three strong links in a row. */
export const threeStrongLinks: Technique = {
  name: options.technique,
  rating: options.tenths / 10,
  steps: (board) => strongLinkSteps(board, options),
};
