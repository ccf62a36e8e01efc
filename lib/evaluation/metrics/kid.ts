/**
 * Computes the kernel Inception distance: the unbiased squared maximum mean discrepancy under the
 * kernel (x·y/d + 1)³, averaged over random subsets (Bińkowski and others, "Demystifying MMD GANs",
 * 2018). Unlike FID, its expectation does not depend on the number of images, and it may be below
 * 0.
 */
import type { Matrix } from "../../engine/double.ts";
import { type RandomStream, randomStream } from "../../random.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable, selectFeatures } from "./features.ts";
import { cubicKernelSums } from "./linear_algebra.ts";

export interface KidOptions {
  /** Random subsets; default 100. */
  readonly subsets?: number;
  /** Images of each side in a subset; default 1000, or all if there are fewer. */
  readonly subsetSize?: number;
  /** Seed of the subsets; default 0. */
  readonly seed?: number;
  /** Called after each subset. */
  readonly onProgress?: (done: number, subsets: number) => void;
}

export interface Kid {
  /** Mean over the subsets. */
  readonly kid: number;
  /** Standard deviation over the subsets (dividing by their number). */
  readonly deviation: number;
  readonly subsets: number;
  readonly subsetSize: number;
  readonly n1: number;
  readonly n2: number;
}

/**
 * Returns the kernel Inception distance between two sets of features.
 *
 * A subset that would contain all vectors of both sides is computed only once.
 *
 * @throws {EvaluationError} when the features cannot be compared or there are too few for a subset
 */
export function kernelInceptionDistance(
  a: Features,
  b: Features,
  options: KidOptions = {},
): Kid {
  requireComparable("KID", a, b, 2);
  const most = Math.min(a.count, b.count);
  const subsetSize = options.subsetSize ?? Math.min(1000, most);
  requireIntegerIn("images a subset", subsetSize, 2, most);
  const takesAll = subsetSize === a.count && subsetSize === b.count;
  const subsets = takesAll ? 1 : options.subsets ?? 100;
  requireIntegerIn("subsets", subsets, 1, 1e6);
  const values: number[] = [];
  for (let i = 0; i < subsets; i++) {
    const draw = (side: Features, name: string) =>
      selectFeatures(
        side,
        chooseRows(
          randomStream(options.seed ?? 0, "kid", name, i),
          side.count,
          subsetSize,
        ),
      );
    values.push(discrepancy(draw(a, "a"), draw(b, "b")));
    options.onProgress?.(i + 1, subsets);
  }
  const kid = values.reduce((sum, x) => sum + x, 0) / subsets;
  const variance = values.reduce((sum, x) => sum + (x - kid) ** 2, 0) / subsets;
  return Object.freeze({
    kid,
    deviation: Math.sqrt(variance),
    subsets,
    subsetSize,
    n1: a.count,
    n2: b.count,
  });
}

function requireIntegerIn(
  what: string,
  value: number,
  least: number,
  most: number,
): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new EvaluationError(
      `KID: wanted from ${least} to ${most} ${what}; found ${value}.`,
    );
  }
}

/** Chooses different rows, in random order. */
export function chooseRows(
  stream: RandomStream,
  count: number,
  wanted: number,
): Uint32Array {
  return stream.permutation(count).subarray(0, wanted);
}

/** Returns the unbiased estimate of MMD² for equally many vectors on each side. */
function discrepancy(
  a: Features & { readonly values: Float64Array },
  b: Features & { readonly values: Float64Array },
): number {
  const [n, dimension] = [a.count, a.dimension];
  const x: Matrix = { values: a.values, rows: n, columns: dimension };
  const y: Matrix = { values: b.values, rows: n, columns: dimension };
  const within = sumOfOthers(x) + sumOfOthers(y);
  return within / (n * (n - 1)) - 2 * sumOfKernel(x, y) / (n * n);
}

/** Returns Σ (x·y/d + 1)³ over all pairs. */
function sumOfKernel(x: Matrix, y: Matrix): number {
  return cubicKernelSums(x, y, 1 / x.columns).reduce((a, b) => a + b, 0);
}

/** Returns Σ (x·y/d + 1)³ over the pairs of different rows. */
function sumOfOthers(x: Matrix): number {
  let sum = sumOfKernel(x, x);
  for (let from = 0; from < x.values.length; from += x.columns) {
    let square = 0;
    for (let j = from; j < from + x.columns; j++) square += x.values[j] ** 2;
    sum -= (square / x.columns + 1) ** 3;
  }
  return sum;
}
