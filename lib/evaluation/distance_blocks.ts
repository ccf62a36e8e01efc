/**
 * Squared Euclidean distances of many vectors from many others, block by block, with a bound of their error.
 *
 * A block is |x|² + |y|² − 2 x·y with the product from tfjs in float32, on any engine. That is not exact, so whoever
 * compares such numbers asks {@linkcode exactSquare} where the bound leaves a doubt; then every comparison comes out as in
 * float64, ties included.
 */
import * as tf from "@tensorflow/tfjs";
import type { Features } from "./features.ts";

export interface DistanceBlock {
  /** First row of the queries in this block. */
  readonly from: number;
  /** Rows of the block. */
  readonly rows: number;
  /** Approximate squared distances `[rows, references.count]`. */
  readonly squares: Float32Array;
  /** A number is at most `error[row] + referenceError[column]` from the exact one. */
  readonly error: Float64Array;
  readonly referenceError: Float64Array;
}

/** Numbers in a block, about: 40 MB. */
const BLOCK_SIZE = 10_000_000;

/** Distance from one float32 number to the next, relative. */
const FLOAT32_EPSILON = 2 ** -23;

/**
 * The distances of each query from each reference.
 *
 * @param queries `[n, d]`
 * @param references `[m, d]`
 */
export function* distanceBlocks(
  queries: Features,
  references: Features,
): Generator<DistanceBlock> {
  // Distances don't change when both move; the products get smaller, and so do their errors.
  const origin = meanOf(references);
  const columns = centre(references, origin, 0, references.count);
  const rowsAtOnce = Math.max(1, Math.floor(BLOCK_SIZE / references.count));
  const share = (queries.dimension + 32) * FLOAT32_EPSILON;
  const referenceError = columns.squares.map((square) => square * share);
  const transposed = tf.tidy(() =>
    tf.transpose(tf.tensor2d(columns.values, [
      references.count,
      references.dimension,
    ]))
  );
  try {
    for (let from = 0; from < queries.count; from += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, queries.count - from);
      const block = centre(queries, origin, from, rows);
      const products = tf.tidy(() =>
        tf.matMul(
          tf.tensor2d(block.values, [rows, queries.dimension]),
          transposed as tf.Tensor2D,
        ).dataSync<"float32">()
      );
      yield {
        from,
        rows,
        squares: toSquares(products, block.squares, columns.squares),
        error: block.squares.map((square) => square * share),
        referenceError,
      };
    }
  } finally {
    transposed.dispose();
  }
}

/** The squared distance of row i of a from row j of b in float64, the same for the same two vectors in either order. */
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

interface Centred {
  readonly values: Float32Array;
  /** Squared length of each row. */
  readonly squares: Float64Array;
}

function centre(
  { values, dimension }: Features,
  origin: Float64Array,
  from: number,
  rows: number,
): Centred {
  const centred = new Float32Array(rows * dimension);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < dimension; j++) {
      const value = values[(from + i) * dimension + j] - origin[j];
      centred[i * dimension + j] = value;
      squares[i] += value * value;
    }
  }
  return { values: centred, squares };
}

/** In a new array: that of a tensor may still be TensorFlow's. */
function toSquares(
  products: Float32Array,
  rowSquares: Float64Array,
  columnSquares: Float64Array,
): Float32Array {
  const squares = new Float32Array(products.length);
  const columns = columnSquares.length;
  for (let i = 0, at = 0; i < rowSquares.length; i++) {
    const square = rowSquares[i];
    for (let j = 0; j < columns; j++, at++) {
      squares[at] = square + columnSquares[j] - 2 * products[at];
    }
  }
  return squares;
}
