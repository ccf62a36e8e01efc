/** Jellyfish (5.2): four lines have a digit in the same four crossing lines. */
import type { Technique } from "./step.ts";
import { fishSteps } from "./fish.ts";

const options = { technique: "Jellyfish", rating: 5.2, size: 4 };

/** A fish of four lines. */
export const jellyfish: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => fishSteps(board, options),
};
