/**
 * Computes the squared Euclidean distances between all queries and all references, with bounds on
 * the rounding errors.
 *
 * One float32 matrix product gives the distances of one block of queries. The left matrix has the
 * row (x, |x|², 1) for each query x. The right matrix has the column (−2y, 1, |y|²) for each
 * reference y. If the error bounds are too wide to decide a comparison, the caller must use
 * {@linkcode exactSquare}. If the caller uses {@linkcode exactSquare} in those cases, every
 * comparison, including ties, has the same result as in float64.
 */
import * as tf from "@tensorflow/tfjs";
import type { Features } from "./features.ts";

export interface DistanceBlock {
  /** Index of the first query in the block. */
  readonly from: number;
  /** Number of queries in the block. */
  readonly rows: number;
  /** Approximate squared distances, `[rows, references.count]`. */
  readonly squares: Float32Array;
  /**
   * For each query, its part of the error bounds. The error of the number in row i and column j of
   * `squares` is at most `error[i] + referenceError[j]`.
   */
  readonly error: Float64Array;
  readonly referenceError: Float64Array;
}

/** Options for dividing the distances into blocks. */
export interface BlockOptions {
  /**
   * Approximate number of distances in a block. The default is 10,000,000; a block of this size
   * takes 40 MB.
   */
  readonly blockSize?: number;
}

const FLOAT32_EPSILON = 2 ** -23;

/**
 * Yields the squared distances between all queries and all references, block by block.
 *
 * @param queries `[n, d]`
 * @param references `[m, d]`
 */
export function* distanceBlocks(
  queries: Features,
  references: Features,
  { blockSize = 10_000_000 }: BlockOptions = {},
): Generator<DistanceBlock> {
  // Subtracting the references' mean from all vectors does not change the distances. But the
  // products become smaller, and so do their errors.
  const origin = meanOf(references);
  const columns = widen(references, origin, 0, references.count, REFERENCE);
  const rowsAtOnce = Math.max(1, Math.floor(blockSize / references.count));
  const share = (queries.dimension + 34) * FLOAT32_EPSILON;
  const referenceError = columns.squares.map((square) => square * share);
  const transposed = tf.tidy(() =>
    tf.tensor2d(columns.values, [references.count, references.dimension + 2])
      .transpose<tf.Tensor2D>()
  );
  try {
    for (let from = 0; from < queries.count; from += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, queries.count - from);
      const block = widen(queries, origin, from, rows, QUERY);
      yield {
        from,
        rows,
        squares: multiply(block.values, rows, transposed),
        error: block.squares.map((square) => square * share),
        referenceError,
      };
    }
  } finally {
    transposed.dispose();
  }
}

/**
 * Returns the product of two matrices. The result is read outside `tf.tidy`, because `tf.tidy`
 * would search the array of millions of numbers for tensors.
 */
function multiply(
  values: Float32Array,
  rows: number,
  transposed: tf.Tensor2D,
): Float32Array {
  const products = tf.tidy(() =>
    tf.matMul(tf.tensor2d(values, [rows, transposed.shape[0]]), transposed)
  );
  try {
    return products.dataSync<"float32">();
  } finally {
    products.dispose();
  }
}

/**
 * Returns the squared distance between row i of a and row j of b, computed in float64. The result
 * does not change if the two vectors are exchanged.
 */
export function exactSquare(
  a: Features,
  i: number,
  b: Features,
  j: number,
): number {
  const [x, y, dimension] = [a.values, b.values, a.dimension];
  let sum = 0;
  for (let k = 0; k < dimension; k++) {
    const difference = x[i * dimension + k] - y[j * dimension + k];
    sum += difference * difference;
  }
  return sum;
}

function meanOf({ values, count, dimension }: Features): Float64Array {
  const mean = new Float64Array(dimension);
  for (let i = 0; i < values.length; i += dimension) {
    for (let j = 0; j < dimension; j++) mean[j] += values[i + j];
  }
  return mean.map((sum) => sum / count);
}

interface Widened {
  /** `[rows, dimension + 2]` */
  readonly values: Float32Array;
  /** Squared lengths of the centred rows. */
  readonly squares: Float64Array;
}

/**
 * Describes one operand of the matrix product. Each centred row is multiplied by `factor`. Then the
 * two numbers from `tail` are appended to the row.
 */
interface Side {
  readonly factor: number;
  tail(square: number): readonly [number, number];
}

const QUERY: Side = { factor: 1, tail: (square) => [square, 1] };
const REFERENCE: Side = { factor: -2, tail: (square) => [1, square] };

function widen(
  { values, dimension }: Features,
  origin: Float64Array,
  from: number,
  rows: number,
  { factor, tail }: Side,
): Widened {
  const width = dimension + 2;
  const widened = new Float32Array(rows * width);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < dimension; j++) {
      const value = values[(from + i) * dimension + j] - origin[j];
      widened[i * width + j] = factor * value;
      squares[i] += value * value;
    }
    widened.set(tail(squares[i]), i * width + dimension);
  }
  return { values: widened, squares };
}
