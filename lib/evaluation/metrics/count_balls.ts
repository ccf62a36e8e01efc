/**
 * Counts for two sets of balls how many vectors of the other set each ball contains. The counts are
 * the same as if all distances were computed in float64 (see distance_blocks.ts).
 */
import {
  type BlockOptions,
  type DistanceBlock,
  exactSquare,
  type OpenReferences,
  type QueryBlock,
  queryBlocks,
} from "./distance_blocks.ts";
import type { Features } from "./features.ts";
import type { Small } from "./products.ts";

/** Vectors, and the squared radius of the ball around each of them. */
export interface Balls {
  readonly features: Features;
  readonly radii: Float64Array;
}

export interface BallCounts {
  /** For each generated vector, how many of the real vectors' balls contain it. */
  readonly aroundGenerated: Uint32Array;
  /** For each real vector, the number of generated vectors' balls that contain it. */
  readonly aroundReal: Uint32Array;
  /** For each real vector, the number of generated vectors in its ball. */
  readonly inReal: Uint32Array;
}

/**
 * Number of distances that are computed at once. The engine searches in them, and JavaScript
 * usually reads only what was found.
 */
const BLOCK_SIZE = 2_000_000;

/** Counts the vectors of each set in the balls of the other. */
export function countBalls(
  real: Balls,
  generated: Balls,
  { blockSize = BLOCK_SIZE }: BlockOptions,
): BallCounts {
  const counts: BallCounts = {
    aroundGenerated: new Uint32Array(generated.features.count),
    aroundReal: new Uint32Array(real.features.count),
    inReal: new Uint32Array(real.features.count),
  };
  for (const { open, blocks } of queryBlocks(real.features, generated.features, { blockSize })) {
    const { referenceError } = open;
    for (const [i, { places, read }] of findNear(open, blocks, real, generated).entries()) {
      const { from, matrix: { rows }, error } = blocks[i];
      if (places) {
        countPlaces(from, places, real, generated, counts);
      } else {
        const block = { from, rows, squares: read(), error, referenceError };
        countAll(block, real, generated, counts);
      }
    }
  }
  return counts;
}

/**
 * Finds all pairs of a real and a generated vector of which one may lie in the ball of the other.
 * The engine's limits contain the error bounds and are rounded up.
 */
function findNear(
  { products, referenceError }: OpenReferences,
  blocks: readonly QueryBlock[],
  real: Balls,
  generated: Balls,
): Small[] {
  const matrices = blocks.map(({ matrix }) => matrix);
  if (!products.search) {
    return products.of(matrices).map((squares) => ({ places: undefined, read: () => squares }));
  }
  const most = largest(referenceError);
  const rowLimits = blocks.map(({ from, error }) =>
    Float32Array.from(error, (own, row) => ROUND_UP * (real.radii[from + row] + own + most))
  );
  const columnLimits = blocks.map(({ error }) => {
    const own = largest(error);
    return Float32Array.from(
      referenceError,
      (error, j) => ROUND_UP * (generated.radii[j] + error + own),
    );
  });
  return products.search.atMost(matrices, rowLimits, columnLimits);
}

/** A float32 number is at least as large as a float64 number if it is rounded after this factor. */
const ROUND_UP = 1 + 2 ** -22;

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Counts the balls for some pairs of a real vector, from row `from` on, and a generated vector. */
function countPlaces(
  from: number,
  places: Int32Array,
  { features: real, radii: realRadii }: Balls,
  { features: generated, radii: generatedRadii }: Balls,
  counts: BallCounts,
): void {
  for (let at = 0; at < places.length; at += 2) {
    const [i, j] = [from + places[at], places[at + 1]];
    const square = exactSquare(real, i, generated, j);
    if (square < realRadii[i]) {
      counts.aroundGenerated[j]++;
      counts.inReal[i]++;
    }
    if (square < generatedRadii[j]) counts.aroundReal[i]++;
  }
}

function countAll(
  block: DistanceBlock,
  { features: real, radii: realRadii }: Balls,
  { features: generated, radii: generatedRadii }: Balls,
  counts: BallCounts,
): void {
  const { squares, referenceError } = block;
  for (let row = 0; row < block.rows; row++) {
    const i = block.from + row;
    const radius = realRadii[i];
    const start = row * generated.count;
    const own = block.error[row];
    const inside = isInside(block, row, real, generated);
    for (let j = 0; j < generated.count; j++) {
      // Most pairs are farther apart than both radii, whatever the rounding errors are.
      const least = squares[start + j] - referenceError[j] - own;
      if (least > radius && least > generatedRadii[j]) continue;
      if (inside(j, radius)) {
        counts.aroundGenerated[j]++;
        counts.inReal[i]++;
      }
      if (inside(j, generatedRadii[j])) counts.aroundReal[i]++;
    }
  }
}

/**
 * Returns a function that tells whether the squared distance in column `j` is below a squared
 * radius. The exact distance is computed only if the error bounds leave the result open.
 */
function isInside(
  block: DistanceBlock,
  row: number,
  real: Features,
  generated: Features,
): (j: number, radius: number) => boolean {
  const { squares, referenceError } = block;
  const [start, own, i] = [
    row * generated.count,
    block.error[row],
    block.from + row,
  ];
  return (j, radius) => {
    const gap = squares[start + j] - radius;
    const error = own + referenceError[j];
    if (gap > error) return false;
    if (gap < -error) return true;
    return exactSquare(real, i, generated, j) < radius;
  };
}
