/** Swordfish (3.8): three lines have a digit in the same three crossing lines. */
import type { Technique } from "./step.ts";
import { fishSteps } from "./fish.ts";

const options = { technique: "Swordfish", rating: 3.8, size: 3 };

/** A fish of three lines. */
export const swordfish: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => fishSteps(board, options),
};
