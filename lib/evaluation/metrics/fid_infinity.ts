/**
 * Computes FID∞, an estimate of the Fréchet distance for infinitely many generated images (Chong
 * and Forsyth, "Effectively unbiased FID and Inception Score and where to find them", 2020). The
 * bias for N images is roughly proportional to 1/N. A straight line is fitted to the distances as a
 * function of 1/N. The line's value at 1/N = 0 is the estimate.
 *
 * As in the paper, only the number of generated images varies. The bias from the limited number of
 * real images remains.
 */
import { randomStream } from "../../random.ts";
import { factorCovariance } from "./covariance_factor.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable, selectFeatures } from "./features.ts";
import { frechetDistance } from "./frechet_distance.ts";
import { accumulateMoments, computeMoments, type Moments } from "./moments.ts";

/** Options for choosing the subsets of generated images. */
export interface FidInfinityOptions {
  /** Number of different subset sizes; default 15. */
  readonly sizes?: number;
  /**
   * Size of the smallest subset; default 5000. The bias is proportional to 1/N only for several
   * times as many images as dimensions.
   */
  readonly smallest?: number;
  /** Seed for choosing the subsets; default 0. */
  readonly seed?: number;
  /** Called after each subset size. */
  readonly onProgress?: (done: number, sizes: number) => void;
}

/** The fitted line and its points. */
export interface FidInfinity {
  /** The line's value at 1/N = 0. The value may be below 0 by chance. */
  readonly fidInfinity: number;
  /**
   * Standard error of `fidInfinity`, estimated from the scatter of the points about the line. The
   * estimate is too low because the subsets share images.
   */
  readonly standardError: number;
  /** The distance is approximately fidInfinity + slope / N. */
  readonly slope: number;
  /** The distances that the line is fitted to. */
  readonly points: readonly {
    /** Number of generated images. */
    readonly count: number;
    readonly fid: number;
  }[];
  /** Number of real images. */
  readonly real: number;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/** Number of vectors that are copied at a time. */
const PART = 1024;

/**
 * Extrapolates the Fréchet distance to infinitely many generated images.
 *
 * @param generated `[n, d]`, where n is larger than the smallest subset
 * @param real `[m, d]`
 * @throws {EvaluationError} when the features cannot be compared, or there are too few generated
 * images for the subset sizes
 */
export function fidInfinity(
  generated: Features,
  real: Features,
  options: FidInfinityOptions = {},
): FidInfinity {
  requireComparable("FID∞", generated, real, 2);
  const sizes = spreadSizes(generated.count, options);
  const moments = computeMoments(real);
  const factors = { b: factorCovariance(moments, real) };
  const points = sizes.map((count, i) => {
    const rows = randomStream(options.seed ?? 0, "fid infinity", i)
      .permutation(generated.count).subarray(0, count);
    const { fid } = frechetDistance(momentsOfRows(generated, rows), moments, {
      factors,
      samples: count <= generated.dimension ? { a: selectFeatures(generated, rows) } : {},
    });
    options.onProgress?.(i + 1, sizes.length);
    return { count, fid };
  });
  const line = fitLine(
    points.map(({ count }) => 1 / count),
    points.map(({ fid }) => fid),
  );
  return Object.freeze({
    fidInfinity: line.intercept,
    standardError: line.interceptError,
    slope: line.slope,
    points,
    real: real.count,
    dimension: real.dimension,
  });
}

function spreadSizes(
  count: number,
  { sizes = 15, smallest = 5000 }: FidInfinityOptions,
): number[] {
  if (!Number.isInteger(sizes) || sizes < 3) {
    throw new EvaluationError(
      `FID∞: wanted at least 3 subset sizes, for a line and its error; found ${sizes}.`,
    );
  }
  if (!Number.isInteger(smallest) || smallest < 2) {
    throw new EvaluationError(
      `FID∞: wanted at least 2 images in the smallest subset; found ${smallest}.`,
    );
  }
  if (count < smallest + sizes - 1) {
    throw new EvaluationError(
      `FID∞: wanted at least ${smallest + sizes - 1} generated images, for ` +
        `${sizes} subsets from ${smallest} up; found ${count}. Generate more, or choose a smaller subset.`,
    );
  }
  const step = (count - smallest) / (sizes - 1);
  return Array.from(
    { length: sizes },
    (_, i) => Math.round(smallest + i * step),
  );
}

/** Copies only a part of the rows at a time: 10,000 vectors have 2048 numbers each. */
function momentsOfRows(features: Features, rows: Uint32Array): Moments {
  const accumulator = accumulateMoments(features.dimension);
  for (let from = 0; from < rows.length; from += PART) {
    const part = rows.subarray(from, from + PART);
    accumulator.add(selectFeatures(features, part).values);
  }
  return accumulator.finish();
}

/** A straight line. */
export interface FittedLine {
  readonly slope: number;
  /** The line's value at x = 0. */
  readonly intercept: number;
  /** Standard error of `intercept` for independent deviations with equal variances. */
  readonly interceptError: number;
}

/**
 * Fits a straight line to at least three points by least squares.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * const { slope, intercept, interceptError } = fitLine([1, 2, 3], [3, 5, 7]);
 * assertAlmostEquals(slope, 2);
 * assertAlmostEquals(intercept, 1);
 * assertAlmostEquals(interceptError, 0);
 * ```
 */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
): FittedLine {
  const count = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / count;
  const meanY = y.reduce((sum, value) => sum + value, 0) / count;
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const slope = x.reduce(
    (sum, value, i) => sum + (value - meanX) * (y[i] - meanY),
    0,
  ) / spread;
  const intercept = meanY - slope * meanX;
  const residual = x.reduce(
    (sum, value, i) => sum + (y[i] - intercept - slope * value) ** 2,
    0,
  );
  const variance = residual / (count - 2) * (1 / count + meanX ** 2 / spread);
  return { slope, intercept, interceptError: Math.sqrt(variance) };
}
