/**
 * Finds nearest neighbours. The results are the same as if all distances were computed in float64
 * (see distance_blocks.ts).
 */
import { EvaluationError } from "../evaluation_error.ts";
import { type BlockOptions, exactSquare } from "./distance_blocks.ts";
import { type Features, requireComparable } from "./features.ts";
import { nearestCandidates } from "./nearest_candidates.ts";

/** The nearest reference of each query. */
export interface NearestNeighbours {
  /**
   * For each query, the index of the nearest reference. If several references are equally near, the
   * lowest index is used.
   */
  readonly indices: Uint32Array;
  /** For each query, the Euclidean distance to the nearest reference. */
  readonly distances: Float64Array;
}

/**
 * Finds the nearest reference of each query.
 *
 * @param queries `[n, d]`
 * @param references `[m, d]`
 * @throws {EvaluationError} if the queries and the references cannot be compared
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const queries = { values: Float32Array.of(0.9, 5), count: 2, dimension: 1 };
 * const references = { values: Float32Array.of(0, 1, 7), count: 3, dimension: 1 };
 * assertEquals([...nearestNeighbours(queries, references).indices], [1, 2]);
 * ```
 */
export function nearestNeighbours(
  queries: Features,
  references: Features,
  options: BlockOptions = {},
): NearestNeighbours {
  requireComparable("Nearest neighbours", queries, references);
  const indices = new Uint32Array(queries.count);
  const distances = new Float64Array(queries.count);
  for (const { query, references: near } of nearestCandidates(queries, references, 1, options)) {
    let nearest = Infinity;
    for (const j of near) {
      const square = exactSquare(queries, query, references, j);
      if (square > nearest || square === nearest && j > indices[query]) continue;
      nearest = square;
      indices[query] = j;
    }
    distances[query] = Math.sqrt(nearest);
  }
  return Object.freeze({ indices, distances });
}

/**
 * Returns the squared distance from each vector to its k-th nearest neighbour in the set.
 *
 * @param k a number from 1 to count − 1
 * @returns one squared distance for each vector, `[count]`
 * @throws {EvaluationError} if the number of vectors is at most k
 */
export function squaredRadii(
  features: Features,
  k: number,
  options: BlockOptions = {},
): Float64Array {
  requireComparable("Neighbours", features, features);
  requireNeighbours(features, k);
  const radii = new Float64Array(features.count);
  // Each vector is nearest to itself, so the k-th other vector is in place k + 1.
  for (const { query, references } of nearestCandidates(features, features, k + 1, options)) {
    const squares = references.filter((j) => j !== query)
      .map((j) => exactSquare(features, query, features, j));
    radii[query] = squares.sort((a, b) => a - b)[k - 1];
  }
  return radii;
}

function requireNeighbours({ count }: Features, k: number): void {
  const attempt = "Distance from the k-th neighbour";
  if (!Number.isInteger(k) || k < 1) {
    throw new EvaluationError(
      `${attempt}: wanted k to be a positive integer; found ${k}.`,
    );
  }
  if (k < count) return;
  throw new EvaluationError(
    `${attempt}: wanted more than k = ${k} vectors in each set; found ${count}.`,
  );
}
