/**
 * Computes FID∞, an estimate of the Fréchet distance for infinitely many generated images (Chong
 * and Forsyth, "Effectively unbiased FID and Inception Score and where to find them", 2020). If N
 * images are generated, the distance has a bias that is roughly proportional to 1/N. A straight
 * line is therefore fitted to the distances as a function of 1/N. The line's value at 1/N = 0 is
 * the estimate.
 *
 * As in the paper, only the number of generated images varies. The bias that comes from the limited
 * number of real images remains.
 */
import { randomStream } from "../../random.ts";
import { factorCovariance } from "./covariance_factor.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable, selectFeatures } from "./features.ts";
import { frechetDistance } from "./frechet_distance.ts";
import { accumulateMoments, computeMoments, type Moments } from "./moments.ts";

/** Options for choosing the subsets of generated images. */
export interface FidInfinityOptions {
  /** Number of different subset sizes, at least 3; default 15. */
  readonly sizes?: number;
  /**
   * Size of the smallest subset; default 5000. The bias is proportional to 1/N only if the number
   * of images is several times the number of dimensions.
   */
  readonly smallest?: number;
  /** Seed for choosing the subsets; default 0. */
  readonly seed?: number;
  /** Called each time the distance for one subset size has been computed. */
  readonly onProgress?: (done: number, sizes: number) => void;
}

/** The fitted line, and the points to which it is fitted. */
export interface FidInfinity {
  /** The line's value at 1/N = 0, which may be below 0 by chance. */
  readonly fidInfinity: number;
  /**
   * Standard error of `fidInfinity`, estimated from the deviations of the points from the line.
   * This standard error is too low, because the subsets share images.
   */
  readonly standardError: number;
  /**
   * Slope of the line. For N generated images, the distance is approximately
   * fidInfinity + slope / N.
   */
  readonly slope: number;
  /** The points to which the line is fitted. */
  readonly points: readonly {
    /** Number of generated images in the subset. */
    readonly count: number;
    readonly fid: number;
  }[];
  /** Number of real images. */
  readonly real: number;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/** Largest number of vectors that are copied at once. */
const PART = 1024;

/**
 * Extrapolates the Fréchet distance to infinitely many generated images.
 *
 * @param generated `[n, d]`, where n is larger than the smallest subset
 * @param real `[m, d]`
 * @throws {EvaluationError} if the features cannot be compared, or if there are too few generated
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

/**
 * Returns the moments of the given rows. Only a part of the rows is copied at a time, because a
 * copy of 10,000 vectors of 2048 numbers would take 164 MB.
 */
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
  /**
   * Standard error of `intercept`, if the deviations are independent and have the same variance.
   */
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
