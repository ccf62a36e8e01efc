/** Aligned pair exclusion (6.2): no allowed way to fill two cells uses a candidate. */
import type { Technique } from "./step.ts";
import { type ExclusionOptions, exclusionSteps } from "./aligned_exclusion.ts";

const options: ExclusionOptions = {
  technique: "Aligned pair exclusion",
  rating: 6.2,
  size: 2,
};

/** The ways to fill two cells, looked through. */
export const alignedPairExclusion: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => exclusionSteps(board, options),
};
