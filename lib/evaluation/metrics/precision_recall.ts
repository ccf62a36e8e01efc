/**
 * Computes precision and recall (Kynkäänniemi and others, "Improved precision and recall metric for
 * assessing generative models", 2019), and density and coverage (Naeem and others, "Reliable
 * fidelity and diversity metrics for generative models", 2020).
 *
 * Each vector is the centre of a ball. The radius of the ball is the distance from the vector to
 * its k-th nearest neighbour in the same set. Points on the surface do not count as inside the
 * ball.
 */
import { countBalls } from "./count_balls.ts";
import type { BlockOptions } from "./distance_blocks.ts";
import { type Features, requireComparable } from "./features.ts";
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
    { features: real, radii },
    { features: generated, radii: generatedRadii },
    blocks,
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

function shareOf(counts: Uint32Array): number {
  return counts.reduce((sum, n) => sum + (n > 0 ? 1 : 0), 0) / counts.length;
}
