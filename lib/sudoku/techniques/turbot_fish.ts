/** Turbot fish (4.0 to 4.3): two strong links of one digit; skyscraper and two-string kite are its simplest forms. */
import type { Technique } from "./step.ts";
import { strongLinkSteps } from "./strong_links.ts";

const options = { technique: "Turbot fish", tenths: 40, count: 2 };

/** Two strong links in a row. */
export const turbotFish: Technique = {
  name: options.technique,
  rating: options.tenths / 10,
  steps: (board) => strongLinkSteps(board, options),
};
