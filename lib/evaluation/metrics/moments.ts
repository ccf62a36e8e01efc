/**
 * Computes the mean and the covariance of feature vectors in float64, block by block.
 *
 * The blocks are merged with the update formula of Chan, Golub and LeVeque ("Updating formulae and
 * a pairwise algorithm for computing sample variances", 1979). The mean of each block is subtracted
 * before the multiplication, so that a large mean does not reduce the precision.
 */
import type { Matrix } from "../../engine/double.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireFeatures, requireFiniteFeatures } from "./features.ts";
import { gram } from "./linear_algebra.ts";

/** The mean and the covariance of a set of feature vectors. */
export interface Moments {
  /** The mean vector, `[dimension]`. */
  readonly mean: Float64Array;
  /** The covariance matrix, `[dimension, dimension]`, computed with the divisor count − 1. */
  readonly covariance: Float64Array;
  /** Number of feature vectors. */
  readonly count: number;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/** Number of vectors in a block. With 2048 dimensions, a block takes 16 MB. */
const BLOCK_ROWS = 1024;

/**
 * Returns the mean and the covariance of a set of feature vectors.
 *
 * @throws {EvaluationError} if there are fewer than two vectors, or if a number is not finite
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const values = Float32Array.of(0, 0, 2, 0, 0, 2, 2, 2);
 * const { mean, covariance } = computeMoments({ values, count: 4, dimension: 2 });
 * assertEquals([...mean], [1, 1]);
 * assertEquals([...covariance], [4 / 3, 0, 0, 4 / 3]);
 * ```
 */
export function computeMoments(features: Features): Moments {
  requireFeatures("Mean and covariance", features, 2);
  const accumulator = accumulateMoments(features.dimension);
  accumulator.add(features.values);
  return accumulator.finish();
}

/** Creates an accumulator for feature vectors that have `dimension` numbers each. */
export function accumulateMoments(dimension: number): MomentsAccumulator {
  return new MomentsAccumulator(dimension);
}

/** Computes the mean and the covariance of vectors that are added in parts. */
export class MomentsAccumulator {
  readonly #dimension: number;
  /** The vectors that have been added since the last block was full. */
  readonly #waiting: Float64Array;
  #waitingRows = 0;
  #count = 0;
  readonly #mean: Float64Array;
  /** Sum of the outer products of the centred vectors with themselves. */
  readonly #scatter: Float64Array;

  /** @throws {EvaluationError} if `dimension` is not a positive integer */
  constructor(dimension: number) {
    if (!Number.isInteger(dimension) || dimension < 1) {
      throw new EvaluationError(
        `Mean and covariance: wanted a positive dimension; found ${dimension}.`,
      );
    }
    this.#dimension = dimension;
    this.#waiting = new Float64Array(BLOCK_ROWS * dimension);
    this.#mean = new Float64Array(dimension);
    this.#scatter = new Float64Array(dimension * dimension);
  }

  get count(): number {
    return this.#count + this.#waitingRows;
  }

  /**
   * Adds vectors to the accumulator. If there is an error, no vectors are added.
   *
   * @param values the vectors, `[rows, dimension]`, with any number of rows
   * @throws {EvaluationError} if a row is incomplete, or if a number is not finite
   */
  add(values: Float32Array | Float64Array | Uint8Array): void {
    const dimension = this.#dimension;
    if (values.length % dimension !== 0) {
      throw new EvaluationError(
        `Mean and covariance: wanted rows of ${dimension} numbers; found ${values.length} numbers.`,
      );
    }
    requireFiniteFeatures("Mean and covariance", values, dimension);
    for (let from = 0; from < values.length;) {
      const room = this.#waiting.length - this.#waitingRows * dimension;
      const to = Math.min(values.length, from + room);
      this.#waiting.set(
        values.subarray(from, to),
        this.#waitingRows * dimension,
      );
      this.#waitingRows += (to - from) / dimension;
      if (this.#waitingRows === BLOCK_ROWS) this.#mergeBlock();
      from = to;
    }
  }

  /**
   * Returns the mean and the covariance of all vectors added so far.
   *
   * @throws {EvaluationError} if there are fewer than two vectors
   */
  finish(): Moments {
    if (this.count < 2) {
      throw new EvaluationError(
        `Mean and covariance: wanted at least 2 vectors; found ${this.count}.`,
      );
    }
    if (this.#waitingRows > 0) this.#mergeBlock();
    const degrees = this.#count - 1;
    return Object.freeze({
      mean: this.#mean.slice(),
      covariance: this.#scatter.map((sum) => sum / degrees),
      count: this.#count,
      dimension: this.#dimension,
    });
  }

  #mergeBlock(): void {
    const [dimension, rows] = [this.#dimension, this.#waitingRows];
    const block: Matrix = {
      values: this.#waiting.subarray(0, rows * dimension),
      rows,
      columns: dimension,
    };
    const blockMean = centre(block);
    const products = gram(block).values;
    const shift = blockMean.map((mean, j) => mean - this.#mean[j]);
    const total = this.#count + rows;
    const weight = this.#count * rows / total;
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j < dimension; j++) {
        this.#scatter[i * dimension + j] += products[i * dimension + j] +
          weight * shift[i] * shift[j];
      }
    }
    for (let j = 0; j < dimension; j++) {
      this.#mean[j] += shift[j] * rows / total;
    }
    this.#count = total;
    this.#waitingRows = 0;
  }
}

/**
 * Subtracts the mean of the rows from each row, in place.
 *
 * @returns the mean
 */
function centre({ values, rows, columns }: Matrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0; i < values.length; i += columns) {
    for (let j = 0; j < columns; j++) mean[j] += values[i + j];
  }
  for (let j = 0; j < columns; j++) mean[j] /= rows;
  for (let i = 0; i < values.length; i += columns) {
    for (let j = 0; j < columns; j++) values[i + j] -= mean[j];
  }
  return mean;
}
