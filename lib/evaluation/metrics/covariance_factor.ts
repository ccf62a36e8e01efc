/** Factors a covariance matrix Σ into HᵀH, where the number of rows of H is the rank of Σ. */
import type { Matrix } from "../../engine/double.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable } from "./features.ts";
import { choleskyFactor, pivotedCholesky } from "./linear_algebra.ts";
import type { Moments } from "./moments.ts";

/**
 * Factors the covariance in `moments` into HᵀH, and returns H. If the number of vectors is at most
 * the number of dimensions, the result is exact only if `samples` is given.
 *
 * @param samples the vectors from which the moments were computed
 * @returns H, `[rank, dimension]`
 * @throws {EvaluationError} if the samples are invalid, or if their count or dimension differs from
 * that of the moments
 */
export function factorCovariance(moments: Moments, samples?: Features): Matrix {
  const { covariance, count, dimension } = moments;
  if (samples) requireSamples(samples, moments);
  if (samples && count <= dimension) return factorFromSamples(samples);
  const matrix = { values: covariance, rows: dimension, columns: dimension };
  const tolerance = rankTolerance(matrix);
  return choleskyFactor(matrix, tolerance) ??
    pivotedCholesky(matrix, tolerance);
}

function requireSamples(samples: Features, moments: Moments): void {
  const { count, dimension } = moments;
  requireComparable(
    "Fréchet distance from samples",
    samples,
    { values: moments.mean, count: 1, dimension },
  );
  if (samples.count !== count) {
    throw new EvaluationError(
      `Fréchet distance from samples: wanted the ${count} vectors of the moments; found ${samples.count}.`,
    );
  }
}

/**
 * Returns the tolerance that LAPACK uses: a variance no larger than this may be nothing but
 * rounding error.
 */
function rankTolerance({ values, rows }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    largest = Math.max(largest, values[i * rows + i]);
  }
  return rows * Number.EPSILON * largest;
}

/**
 * Factors the covariance of the samples with Helmert contrasts. Each contrast is the scaled
 * difference between a row and the mean of the rows before it. If C is the matrix whose rows are
 * the contrasts, CᵀC is the covariance.
 */
function factorFromSamples({ values, count, dimension }: Features): Matrix {
  const contrasts = new Float64Array((count - 1) * dimension);
  const mean = Float64Array.from(values.subarray(0, dimension));
  for (let i = 1; i < count; i++) {
    const scale = Math.sqrt(i / (i + 1) / (count - 1));
    for (let j = 0; j < dimension; j++) {
      const difference = values[i * dimension + j] - mean[j];
      contrasts[(i - 1) * dimension + j] = difference * scale;
      mean[j] += difference / (i + 1);
    }
  }
  return { values: contrasts, rows: count - 1, columns: dimension };
}
