/** X-wing (3.2): two lines have a digit in the same two crossing lines, so the rest of the crossing lines cannot. */
import type { Technique } from "./step.ts";
import { fishSteps } from "./fish.ts";

const options = { technique: "X-wing", rating: 3.2, size: 2 };

/** A fish of two lines. */
export const xWing: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => fishSteps(board, options),
};
