/**
 * Computes precision and recall (Kynkäänniemi and others, "Improved precision and recall metric for
 * assessing generative models", 2019), and density and coverage (Naeem and others, "Reliable
 * fidelity and diversity metrics for generative models", 2020).
 *
 * Each vector is the centre of a ball. The radius of the ball is the distance from the vector to
 * its k-th nearest neighbour in the same set. Points on the surface do not count as inside the
 * ball.
 */
import { type Features, requireComparable } from "./features.ts";
import {
  type BlockOptions,
  type DistanceBlock,
  distanceBlocks,
  exactSquare,
} from "./distance_blocks.ts";
import { squaredRadii } from "./nearest_neighbours.ts";

/** Options for {@linkcode precisionRecall}. */
export interface PrecisionRecallOptions extends BlockOptions {
  /**
   * The number k. The radius of each ball is the distance to the k-th nearest neighbour. The
   * default is 5.
   */
  readonly neighbours?: number;
  /** The result of {@linkcode squaredRadii} for the real vectors, if it is already known. */
  readonly realRadii?: Float64Array;
}

/** The scores of a set of generated vectors. */
export interface PrecisionRecall {
  /** Fraction of the generated vectors that lie in the ball of at least one real vector. */
  readonly precision: number;
  /** Fraction of the real vectors that lie in the ball of at least one generated vector. */
  readonly recall: number;
  /**
   * The number of real vectors' balls that contain a generated vector, averaged over the generated
   * vectors and divided by k.
   */
  readonly density: number;
  /** Fraction of the real vectors whose ball contains at least one generated vector. */
  readonly coverage: number;
  /** The number k. The radius of each ball is the distance to the k-th nearest neighbour. */
  readonly neighbours: number;
  /** Number of real vectors. */
  readonly real: number;
  /** Number of generated vectors. */
  readonly generated: number;
}

/**
 * Computes precision, recall, density and coverage of generated vectors. Precision alone is not
 * enough, because blurred averages of digits have a precision near 1.
 *
 * @param real `[n, d]`
 * @param generated `[m, d]`
 * @throws {EvaluationError} if the sets cannot be compared, or if one of them has at most k vectors
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const real = { values: Float32Array.of(0, 1, 2, 3), count: 4, dimension: 1 };
 * const generated = { values: Float32Array.of(0.5, 0.6, 9), count: 3, dimension: 1 };
 * const { precision, coverage } = precisionRecall(real, generated, { neighbours: 1 });
 * assertEquals([precision, coverage], [2 / 3, 2 / 4]);
 * ```
 */
export function precisionRecall(
  real: Features,
  generated: Features,
  { neighbours = 5, realRadii, ...blocks }: PrecisionRecallOptions = {},
): PrecisionRecall {
  requireComparable("Precision and recall", real, generated);
  const radii = realRadii ?? squaredRadii(real, neighbours, blocks);
  const generatedRadii = squaredRadii(generated, neighbours, blocks);
  const counts = countBalls(
    distanceBlocks(real, generated, blocks),
    { features: real, radii },
    { features: generated, radii: generatedRadii },
  );
  return Object.freeze({
    precision: shareOf(counts.aroundGenerated),
    recall: shareOf(counts.aroundReal),
    density: counts.aroundGenerated.reduce((sum, n) => sum + n, 0) /
      (neighbours * generated.count),
    coverage: shareOf(counts.inReal),
    neighbours,
    real: real.count,
    generated: generated.count,
  });
}

interface Balls {
  readonly features: Features;
  readonly radii: Float64Array;
}

interface BallCounts {
  /** For each generated vector, how many of the real vectors' balls contain it. */
  readonly aroundGenerated: Uint32Array;
  /** For each real vector, the number of generated vectors' balls that contain it. */
  readonly aroundReal: Uint32Array;
  /** For each real vector, the number of generated vectors in its ball. */
  readonly inReal: Uint32Array;
}

function countBalls(
  blocks: Iterable<DistanceBlock>,
  { features: real, radii: realRadii }: Balls,
  { features: generated, radii: generatedRadii }: Balls,
): BallCounts {
  const counts: BallCounts = {
    aroundGenerated: new Uint32Array(generated.count),
    aroundReal: new Uint32Array(real.count),
    inReal: new Uint32Array(real.count),
  };
  for (const block of blocks) {
    const { squares, referenceError } = block;
    for (let row = 0; row < block.rows; row++) {
      const i = block.from + row;
      const radius = realRadii[i];
      const start = row * generated.count;
      const own = block.error[row];
      const inside = isInside(block, row, real, generated);
      for (let j = 0; j < generated.count; j++) {
        // Almost all pairs are farther apart than both radii, whatever the rounding errors are.
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
  return counts;
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

function shareOf(counts: Uint32Array): number {
  return counts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0) / counts.length;
}
