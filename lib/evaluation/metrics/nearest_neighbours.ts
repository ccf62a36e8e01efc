/**
 * Finds nearest neighbours. The results are the same as if all distances were computed in float64
 * (see distance_blocks.ts).
 */
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable } from "./features.ts";
import {
  type BlockOptions,
  type DistanceBlock,
  distanceBlocks,
  exactSquare,
} from "./distance_blocks.ts";

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
  for (const block of distanceBlocks(queries, references, options)) {
    for (let row = 0; row < block.rows; row++) {
      const query = block.from + row;
      let nearest = Infinity;
      for (const j of nearestColumns(block, row, references.count, 1)) {
        const square = exactSquare(queries, query, references, j);
        if (square >= nearest) continue;
        nearest = square;
        indices[query] = j;
      }
      distances[query] = Math.sqrt(nearest);
    }
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
  for (const block of distanceBlocks(features, features, options)) {
    for (let row = 0; row < block.rows; row++) {
      const i = block.from + row;
      // Each vector is nearest to itself, so the k-th other vector is in place k + 1.
      const squares: number[] = [];
      for (const j of nearestColumns(block, row, features.count, k + 1)) {
        if (j !== i) squares.push(exactSquare(features, i, features, j));
      }
      radii[i] = squares.sort((a, b) => a - b)[k - 1];
    }
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

/** Returns the columns of a row that may hold one of its k smallest exact squared distances. */
function nearestColumns(
  { squares, error, referenceError }: DistanceBlock,
  row: number,
  columns: number,
  k: number,
): number[] {
  // The k smallest upper bounds so far, in descending order. The query's own part of the error,
  // which is the same for the whole row, is left out of them.
  const smallest = new Float64Array(k).fill(Infinity);
  const start = row * columns;
  const own = 2 * error[row];
  let [largest, limit] = [Infinity, Infinity];
  const found: number[] = [];
  for (let j = 0; j < columns; j++) {
    const square = squares[start + j];
    const margin = referenceError[j];
    if (square - margin > limit) continue;
    found.push(j);
    const bound = square + margin;
    if (bound >= largest) continue;
    let at = 0;
    for (; at + 1 < k && smallest[at + 1] > bound; at++) {
      smallest[at] = smallest[at + 1];
    }
    smallest[at] = bound;
    largest = smallest[0];
    limit = largest + own;
  }
  // The limit fell on the way, so the first columns have to meet the last limit, too.
  return found.filter((j) => squares[start + j] - referenceError[j] <= limit);
}
