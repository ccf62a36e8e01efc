/** Factors a covariance Σ into HᵀH, where H has as many rows as the rank of Σ. */
import type { Matrix } from "../../engine/double.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable } from "./features.ts";
import { choleskyFactor, pivotedCholesky } from "./linear_algebra.ts";
import type { Moments } from "./moments.ts";

/**
 * Factors the covariance in `moments`. If there are no more vectors than dimensions, the result is
 * exact only with `samples`.
 *
 * @param samples the vectors that the moments describe
 * @returns `[rank, dimension]`
 * @throws {EvaluationError} when the samples are invalid or do not belong to the moments
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

/** Returns LAPACK's bound for a variance that is 0 except for rounding errors. */
function rankTolerance({ values, rows }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    largest = Math.max(largest, values[i * rows + i]);
  }
  return rows * Number.EPSILON * largest;
}

/**
 * Factors the covariance with Helmert's contrasts: scaled differences between each row and the mean
 * of the rows before it. If C has the contrasts as its rows, CᵀC is the covariance.
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
