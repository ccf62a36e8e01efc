/**
 * Chooses images that differ from each other: the farthest-first traversal (Gonzalez, "Clustering
 * to minimize the maximum intercluster distance", 1985). Each choice is the one whose nearest
 * choice so far is the farthest away.
 */
import type { Features } from "../evaluation/metrics/features.ts";

export interface VariedOptions {
  /** How many to choose. */
  readonly count: number;
  /** What is nearer than this to a choice is a near-duplicate, and never chosen. */
  readonly apart: number;
}

/**
 * @param features of the candidates, the best one first: that one is chosen in any case
 * @returns rows of `features`, in the order of choice; fewer than wanted where near-duplicates are
 * all that is left
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

/** The Euclidean distance of each pair of vectors, each pair once. */
export function pairDistances(features: Features): Float64Array {
  const distances: number[] = [];
  for (let row = 0; row < features.count; row++) {
    for (let other = 0; other < row; other++) distances.push(distance(features, row, other));
  }
  return Float64Array.from(distances);
}

function distance({ values, dimension }: Features, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    sum += (values[a * dimension + i] - values[b * dimension + i]) ** 2;
  }
  return Math.sqrt(sum);
}
