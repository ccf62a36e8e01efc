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

/** What the distances to some references need of these references. */
interface OpenReferences {
  /** Mean of the references. */
  readonly origin: Float64Array;
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

/** Returns the part of a squared length by which a distance may be wrong. */
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
  references: Features | SharedReferences,
  options: BlockOptions = {},
): Generator<DistanceBlock> {
  if (references instanceof SharedReferences) {
    yield* blocksTo(queries, references, references.open(), options);
    return;
  }
  const open = openReferences(references);
  try {
    yield* blocksTo(queries, references, open, options);
  } finally {
    open.products.close();
  }
}

function* blocksTo(
  queries: Features,
  references: Features,
  { origin, referenceError, products }: OpenReferences,
  { blockSize = 10_000_000 }: BlockOptions,
): Generator<DistanceBlock> {
  const rowsAtOnce = Math.max(1, Math.floor(blockSize / references.count));
  const share = shareOfError(queries);
  for (let first = 0; first < queries.count;) {
    const blocks: { readonly from: number; readonly widened: Widened }[] = [];
    for (; first < queries.count && blocks.length < products.atOnce; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, queries.count - first);
      blocks.push({ from: first, widened: widen(queries, origin, first, rows, QUERY) });
    }
    const distances = products.of(blocks.map(({ widened }) => widened.matrix));
    for (const [i, { from, widened }] of blocks.entries()) {
      yield {
        from,
        rows: widened.matrix.rows,
        squares: distances[i],
        error: widened.squares.map((square) => square * share),
        referenceError,
      };
    }
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
