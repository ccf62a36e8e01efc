/**
 * Computes the FID (Heusel and others, "GANs trained by a two time-scale update rule", 2017). The
 * FID is the squared Fréchet distance between two normal distributions:
 * d² = |μ₁ − μ₂|² + Tr Σ₁ + Tr Σ₂ − 2 Tr (Σ₁Σ₂)^½ (Dowson and Landau, 1982).
 *
 * If Σ₁ = HᵀH, the last trace equals Tr (H Σ₂ Hᵀ)^½, which is the sum of the square roots of the
 * eigenvalues of H Σ₂ Hᵀ. This method needs no complex numbers, and it adds nothing to the
 * diagonals of the covariances.
 */
import type { Matrix } from "../../engine/double.ts";
import { factorCovariance } from "./covariance_factor.ts";
import { EvaluationError } from "../evaluation_error.ts";
import type { Extractor } from "../extractors/extractor.ts";
import { type Features, requireFiniteFeatures } from "./features.ts";
import { congruence, symmetricEigenvalues } from "./linear_algebra.ts";
import type { Moments } from "./moments.ts";

/** Options for {@linkcode frechetDistance}. */
export interface FrechetOptions {
  /**
   * The feature vectors of the two sets. If the number of vectors in a set is at most the number of
   * dimensions, the result is exact only if the vectors of that set are given.
   */
  readonly samples?: { readonly a?: Features; readonly b?: Features };
  /** The results of {@linkcode factorCovariance} for the two sets, if they are already known. */
  readonly factors?: { readonly a?: Matrix; readonly b?: Matrix };
  /** The extractor that computed the features. It is copied to the result. */
  readonly extractor?: Pick<Extractor, "name" | "metric" | "hash">;
}

/** The Fréchet distance and its terms. */
export interface FrechetDistance {
  /** The squared distance: max(0, meanTerm + trace1 + trace2 − 2 traceSqrt). */
  readonly fid: number;
  /** |μ₁ − μ₂|² */
  readonly meanTerm: number;
  /** Tr Σ₁ */
  readonly trace1: number;
  /** Tr Σ₂ */
  readonly trace2: number;
  /** Tr (Σ₁Σ₂)^½ */
  readonly traceSqrt: number;
  /** Number of feature vectors in the first set. */
  readonly n1: number;
  /** Number of feature vectors in the second set. */
  readonly n2: number;
  /** Length of a feature vector. */
  readonly dimension: number;
  /** A warning if there are too few vectors for the number of dimensions; null otherwise. */
  readonly rankWarning: string | null;
  /** The extractor that computed the features, or null if no extractor was given. */
  readonly extractor: Pick<Extractor, "name" | "metric" | "hash"> | null;
}

/** Eigenvalues below this fraction of the largest eigenvalue are treated as rounding errors. */
const ROUNDING = 16 * Number.EPSILON;

/**
 * Computes the squared Fréchet distance between two sets of features.
 *
 * Distances can be compared only if they were computed from the same number of vectors. If two
 * samples of N vectors with d dimensions come from the same distribution, their distance is about
 * 2d/N + d(d + 1)/(2N).
 *
 * @throws {EvaluationError} if the dimensions differ or the moments are invalid
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * const a = { mean: Float64Array.of(0), covariance: Float64Array.of(1), count: 100, dimension: 1 };
 * const b = { mean: Float64Array.of(3), covariance: Float64Array.of(4), count: 100, dimension: 1 };
 * assertAlmostEquals(frechetDistance(a, b).fid, 3 ** 2 + (2 - 1) ** 2);
 * ```
 */
export function frechetDistance(
  a: Moments,
  b: Moments,
  options: FrechetOptions = {},
): FrechetDistance {
  requireMoments(a);
  requireMoments(b);
  if (a.dimension !== b.dimension) {
    throw new EvaluationError(
      `Fréchet distance: wanted features of one extractor; found ${a.dimension} dimensions against ${b.dimension}.`,
    );
  }
  const meanTerm = a.mean.reduce((sum, x, j) => sum + (x - b.mean[j]) ** 2, 0);
  const [trace1, trace2] = [trace(a), trace(b)];
  const traceSqrt = traceOfRoot(a, b, options);
  return Object.freeze({
    fid: Math.max(0, meanTerm + trace1 + trace2 - 2 * traceSqrt),
    meanTerm,
    trace1,
    trace2,
    traceSqrt,
    n1: a.count,
    n2: b.count,
    dimension: a.dimension,
    rankWarning: warnOfRank(a, b),
    extractor: options.extractor ?? null,
  });
}

function requireMoments(moments: Moments): void {
  const { mean, covariance, count, dimension } = moments;
  if (mean.length !== dimension || covariance.length !== dimension ** 2) {
    throw new EvaluationError(
      `Fréchet distance: wanted a mean of ${dimension} numbers and a covariance of ${dimension} x ${dimension}; ` +
        `found ${mean.length} and ${covariance.length} numbers.`,
    );
  }
  if (!(count >= 2)) {
    throw new EvaluationError(
      `Fréchet distance: wanted moments of at least 2 vectors; found ${count}.`,
    );
  }
  requireFiniteFeatures("Fréchet distance, mean", mean, dimension);
  requireFiniteFeatures("Fréchet distance, covariance", covariance, dimension);
}

function trace({ covariance, dimension }: Moments): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) sum += covariance[i * dimension + i];
  return sum;
}

/**
 * Returns Tr (Σ₁Σ₂)^½. The factor with the smaller rank is used, because the larger factor would
 * only add eigenvalues that consist of rounding error.
 */
function traceOfRoot(
  a: Moments,
  b: Moments,
  { samples, factors }: FrechetOptions,
): number {
  const factorA = factors?.a ?? factorCovariance(a, samples?.a);
  const factorB = factors?.b ?? factorCovariance(b, samples?.b);
  const [factor, other] = factorA.rows <= factorB.rows ? [factorA, b] : [factorB, a];
  if (factor.rows === 0) return 0;
  const square = congruence(factor, {
    values: other.covariance,
    rows: other.dimension,
    columns: other.dimension,
  });
  const eigenvalues = symmetricEigenvalues(square);
  const smallest = ROUNDING * eigenvalues.at(-1)!;
  return eigenvalues.reduce(
    (sum, value) => value > smallest ? sum + Math.sqrt(value) : sum,
    0,
  );
}

function warnOfRank(a: Moments, b: Moments): string | null {
  const fewest = Math.min(a.count, b.count);
  if (fewest > a.dimension) return null;
  return `${fewest} images span at most ${fewest - 1} of the features' ${a.dimension} ` +
    "dimensions, so their covariance is singular, and the distance is far larger than that " +
    "between the distributions.";
}
