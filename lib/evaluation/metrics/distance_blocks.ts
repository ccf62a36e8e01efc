/**
 * Computes the squared Euclidean distances between all queries and all references, with bounds on
 * the rounding errors.
 *
 * One float32 matrix product gives the distances of one block of queries. The left matrix has the
 * row (x, |x|², 1) for each query x. The right matrix has the row (−2y, 1, |y|²) for each reference
 * y. If the error bounds are too wide to decide a comparison, the caller must use
 * {@linkcode exactSquare}. If the caller uses {@linkcode exactSquare} in those cases, every
 * comparison, including ties, has the same result as in float64.
 */
import type { Features } from "./features.ts";
import { type FloatMatrix, openProducts, type Products } from "./products.ts";

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
 * References that several searches share. The right matrix of the products is written to the engine
 * when it is first needed, and stays there until `dispose` is called.
 */
export class SharedReferences implements Features {
  readonly values: Features["values"];
  readonly count: number;
  readonly dimension: number;
  #open: OpenReferences | undefined;

  /** @param features the references, which must not change afterwards */
  constructor({ values, count, dimension }: Features) {
    this.values = values;
    this.count = count;
    this.dimension = dimension;
  }

  open(): OpenReferences {
    return this.#open ??= openReferences(this);
  }

  dispose(): void {
    this.#open?.products.close();
    this.#open = undefined;
  }
}

/** References whose right matrix is on the engine. */
export interface OpenReferences {
  /** Mean of the references. */
  readonly origin: Float64Array;
  /** For each reference, its part of the error bounds. */
  readonly referenceError: Float64Array;
  readonly products: Products;
}

function openReferences(references: Features): OpenReferences {
  // Subtracting the references' mean from all vectors does not change the distances. But the
  // products become smaller, and so do their errors.
  const origin = meanOf(references);
  const { matrix, squares } = widen(references, origin, 0, references.count, REFERENCE);
  const share = shareOfError(references);
  return {
    origin,
    referenceError: squares.map((square) => square * share),
    products: openProducts(matrix),
  };
}

/** Returns the error bound of a squared distance as a share of the vector's squared length. */
function shareOfError({ dimension }: Features): number {
  return (dimension + 34) * FLOAT32_EPSILON;
}

/**
 * Yields the squared distances between all queries and all references, block by block.
 *
 * @param queries `[n, d]`
 * @param references `[m, d]`
 */
export function* distanceBlocks(
  queries: Features,
  references: Features,
  options: BlockOptions = {},
): Generator<DistanceBlock> {
  for (const { open, blocks } of queryBlocks(queries, references, options)) {
    const distances = open.products.of(blocks.map(({ matrix }) => matrix));
    for (const [i, { from, matrix, error }] of blocks.entries()) {
      const { referenceError } = open;
      yield { from, rows: matrix.rows, squares: distances[i], error, referenceError };
    }
  }
}

/** A block of queries. */
export interface QueryBlock {
  /** Index of the first query in the block. */
  readonly from: number;
  /** The left matrix of the product. */
  readonly matrix: FloatMatrix;
  /** For each query, its part of the error bounds. */
  readonly error: Float64Array;
}

/** Options for {@linkcode queryBlocks}. */
export interface QueryOptions extends BlockOptions {
  /** Whether the products are to be the negated squared distances; default false. */
  readonly negated?: boolean;
}

/**
 * Yields the blocks of queries whose products can be computed at the same time, and the references
 * with which they are multiplied. The references are closed at the end, unless they are shared.
 */
export function* queryBlocks(
  queries: Features,
  references: Features,
  { blockSize = 10_000_000, negated = false }: QueryOptions,
): Generator<{ readonly open: OpenReferences; readonly blocks: readonly QueryBlock[] }> {
  const isShared = references instanceof SharedReferences;
  const open = isShared ? references.open() : openReferences(references);
  const rowsAtOnce = Math.max(1, Math.floor(blockSize / references.count));
  const share = shareOfError(queries);
  const side = negated ? NEGATED_QUERY : QUERY;
  try {
    for (let from = 0; from < queries.count;) {
      const blocks: QueryBlock[] = [];
      for (; from < queries.count && blocks.length < open.products.atOnce; from += rowsAtOnce) {
        const rows = Math.min(rowsAtOnce, queries.count - from);
        const { matrix, squares } = widen(queries, open.origin, from, rows, side);
        blocks.push({ from, matrix, error: squares.map((square) => square * share) });
      }
      yield { open, blocks };
    }
  } finally {
    if (!isShared) open.products.close();
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
  readonly matrix: FloatMatrix;
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
const NEGATED_QUERY: Side = { factor: -1, tail: (square) => [-square, -1] };
const REFERENCE: Side = { factor: -2, tail: (square) => [1, square] };

function widen(
  { values, dimension }: Features,
  origin: Float64Array,
  from: number,
  rows: number,
  { factor, tail }: Side,
): Widened {
  const columns = dimension + 2;
  const widened = new Float32Array(rows * columns);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const [start, target] = [(from + i) * dimension, i * columns];
    let square = 0;
    for (let j = 0; j < dimension; j++) {
      const value = values[start + j] - origin[j];
      widened[target + j] = factor * value;
      square += value * value;
    }
    squares[i] = square;
    widened.set(tail(square), target + dimension);
  }
  return { matrix: { values: widened, rows, columns }, squares };
}
