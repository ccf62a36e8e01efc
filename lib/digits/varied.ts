/**
 * Chooses images that differ from each other, by farthest-first traversal (Gonzalez, "Clustering to
 * minimize the maximum intercluster distance", 1985).
 */
import { exactSquare } from "../evaluation/metrics/distance_blocks.ts";
import type { Features } from "../evaluation/metrics/features.ts";

export interface VariedOptions {
  readonly count: number;
  /** The smallest allowed distance between the features of two chosen images. */
  readonly apart: number;
}

/**
 * Chooses images one at a time. For each remaining image, computes the distance between its
 * features and those of the nearest chosen image, and then chooses the image with the largest
 * distance.
 *
 * @param features the features of the candidates; the first candidate is always chosen
 * @returns row numbers in `features`, in the order of choice; fewer than `count` if all remaining
 * candidates are too close to a chosen image
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const features = { values: Float32Array.of(0, 1, 9, 8.9), count: 4, dimension: 1 };
 * assertEquals(chooseVaried(features, { count: 3, apart: 0.5 }), [0, 2, 1]);
 * assertEquals(chooseVaried(features, { count: 4, apart: 0.5 }), [0, 2, 1]);
 * ```
 */
export function chooseVaried(features: Features, { count, apart }: VariedOptions): number[] {
  if (features.count === 0) return [];
  const nearest = new Float64Array(features.count).fill(Infinity);
  const chosen: number[] = [];
  let next = 0;
  while (chosen.length < count && nearest[next] >= apart) {
    chosen.push(next);
    for (let row = 0; row < features.count; row++) {
      nearest[row] = Math.min(nearest[row], distance(features, row, next));
    }
    next = nearest.indexOf(Math.max(...nearest));
    if (nearest[next] === 0) break;
  }
  return chosen;
}

/** Returns the Euclidean distance between each pair of feature vectors. */
export function pairDistances(features: Features): Float64Array {
  const distances: number[] = [];
  for (let row = 0; row < features.count; row++) {
    for (let other = 0; other < row; other++) distances.push(distance(features, row, other));
  }
  return Float64Array.from(distances);
}

function distance(features: Features, a: number, b: number): number {
  return Math.sqrt(exactSquare(features, a, features, b));
}
