/**
 * Whether a generator copies: its images would be nearer to training images than unseen real ones are (after Meehan,
 * Chaudhuri, Dasgupta, "A non-parametric test to detect data-copying in generative models", 2020).
 */
import { EvaluationError } from "./evaluation_error.ts";
import type { Score } from "./score.ts";

/** Share of unseen images that are nearer than what is called suspiciously near. */
const SUSPICIOUS = 0.01;

/**
 * Compares two sets of distances to the nearest training image.
 *
 * @param generated of generated images
 * @param unseen of real images that were not trained on
 * @param where what the distance is measured in, e.g. "pixels"
 * @throws {EvaluationError} when a set is empty
 */
export function scoreMemorization(
  generated: Float64Array,
  unseen: Float64Array,
  where: string,
): Score[] {
  if (generated.length === 0 || unseen.length === 0) {
    throw new EvaluationError("Memorization: wanted distances, found none.");
  }
  const limit = quantile(unseen, SUSPICIOUS);
  const near = generated.filter((distance) => distance < limit).length;
  return [
    {
      name: `nearest training image, ${where} (median distance)`,
      value: quantile(generated, 0.5),
      floor: quantile(unseen, 0.5),
    },
    {
      name: `suspiciously near to one, ${where} (share)`,
      value: near / generated.length,
      floor: SUSPICIOUS,
      better: "lower",
    },
  ];
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(share * (sorted.length - 1))];
}
