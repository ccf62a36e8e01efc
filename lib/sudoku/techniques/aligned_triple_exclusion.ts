/** Aligned triple exclusion (7.5): no allowed way to fill three cells uses a candidate. */
import type { Technique } from "./step.ts";
import { type ExclusionOptions, exclusionSteps } from "./aligned_exclusion.ts";

const options: ExclusionOptions = {
  technique: "Aligned triple exclusion",
  rating: 7.5,
  size: 3,
};

/** The ways to fill three cells, looked through. */
export const alignedTripleExclusion: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => exclusionSteps(board, options),
};
