/**
 * Finds, for each query, the few references that may be its nearest ones. The rounding errors of
 * the distances leave their exact order open (see distance_blocks.ts).
 */
import { type BlockOptions, type QueryBlock, queryBlocks } from "./distance_blocks.ts";
import type { Features } from "./features.ts";
import type { FloatMatrix, Products } from "./products.ts";

/** The references that may be among the k nearest ones of a query. */
export interface Candidates {
  /** Index of the query. */
  readonly query: number;
  /** Indices of the references. */
  readonly references: readonly number[];
}

/**
 * Number of distances that are computed at once. The engine searches in them without giving them to
 * JavaScript, so the number may be smaller than for blocks that are read.
 */
const BLOCK_SIZE = 6_000_000;

/**
 * Number of references that the engine finds in addition to the k nearest ones. They show that no
 * other reference can be as near, except where many references are equally near.
 */
const SPARE = 8;

/**
 * Yields the candidates of each query, in the order of the queries.
 *
 * @param k number of nearest references
 */
export function* nearestCandidates(
  queries: Features,
  references: Features,
  k: number,
  { blockSize = BLOCK_SIZE }: BlockOptions,
): Generator<Candidates> {
  const options = { blockSize, negated: true };
  for (const { open, blocks } of queryBlocks(queries, references, options)) {
    const { products, referenceError } = open;
    const most = referenceError.reduce((most, error) => Math.max(most, error), 0);
    const found = findNearest(products, blocks, Math.min(k + SPARE, references.count));
    for (const [i, block] of blocks.entries()) {
      const { negated, columns } = found[i];
      const width = negated.length / block.matrix.rows;
      for (const [row, own] of block.error.entries()) {
        const errors = { own, referenceError };
        const [start, end] = [row * width, (row + 1) * width];
        const some = {
          negated: negated.subarray(start, end),
          columns: columns?.subarray(start, end),
        };
        const { nearest, limit } = selectNearest(some, errors, k);
        const isDecided = width === references.count || farthest(some) - most > limit;
        yield {
          query: block.from + row,
          references: isDecided
            ? nearest
            : selectNearest(computeRow(products, block.matrix, row), errors, k).nearest,
        };
      }
    }
  }
}

/** Negated squared distances from a query, or from a block of queries, to some references. */
interface Distances {
  readonly negated: Float32Array;
  /** Indices of the references; undefined if there is a distance to each reference. */
  readonly columns?: Int32Array | undefined;
}

/** Returns at least `count` distances of each query, among them the smallest ones. */
function findNearest(
  products: Products,
  blocks: readonly QueryBlock[],
  count: number,
): Distances[] {
  const matrices = blocks.map(({ matrix }) => matrix);
  return products.search
    ? products.search.largest(matrices, count).map(({ values, columns }) => ({
      negated: values,
      columns,
    }))
    : products.of(matrices).map((negated) => ({ negated }));
}

function computeRow(products: Products, { values, columns }: FloatMatrix, row: number): Distances {
  const own = values.subarray(row * columns, (row + 1) * columns);
  const [negated] = products.of([{ values: own, rows: 1, columns }]);
  return { negated };
}

function farthest({ negated }: Distances): number {
  return -negated.reduce((least, value) => Math.min(least, value), Infinity);
}

interface Errors {
  /** The query's part of the error bounds. */
  readonly own: number;
  readonly referenceError: Float64Array;
}

/**
 * Returns the references that may be among the k nearest ones, and the limit that the lower bounds
 * of their squared distances meet.
 */
function selectNearest(
  { negated, columns }: Distances,
  { own, referenceError }: Errors,
  k: number,
): { readonly nearest: number[]; readonly limit: number } {
  // The k smallest upper bounds so far, in descending order. The query's own part of the error,
  // which is the same for all references, is left out of them.
  const smallest = new Float64Array(k).fill(Infinity);
  let [largest, limit] = [Infinity, Infinity];
  const nearest: number[] = [];
  const lower: number[] = [];
  for (let at = 0; at < negated.length; at++) {
    const j = columns ? columns[at] : at;
    const square = -negated[at];
    const error = referenceError[j];
    if (square - error > limit) continue;
    nearest.push(j);
    lower.push(square - error);
    const bound = square + error;
    if (bound >= largest) continue;
    let place = 0;
    for (; place + 1 < k && smallest[place + 1] > bound; place++) {
      smallest[place] = smallest[place + 1];
    }
    smallest[place] = bound;
    largest = smallest[0];
    limit = largest + 2 * own;
  }
  // The limit became smaller on the way, and the first references may be beyond it now.
  return { nearest: nearest.filter((_, i) => lower[i] <= limit), limit };
}
