/**
 * Computes the kernel Inception distance (KID; Bińkowski and others, "Demystifying MMD GANs",
 * 2018). The KID is the unbiased estimate of the squared maximum mean discrepancy under the kernel
 * (x·y/d + 1)³, averaged over random subsets. Its expected value does not depend on the number of
 * images. The distance may be below 0.
 */
import type { Matrix } from "../../engine/double.ts";
import { type RandomStream, randomStream } from "../../random.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable, selectFeatures } from "./features.ts";
import { type KernelSums, openKernelSums } from "./kernel_sums.ts";

/** Options for {@linkcode kernelInceptionDistance}. */
export interface KidOptions {
  /** Number of random subsets; default 100. */
  readonly subsets?: number;
  /**
   * Number of images taken from each set per subset. The default is 1000. If one of the sets is
   * smaller, the default is the size of the smaller set.
   */
  readonly subsetSize?: number;
  /** Seed for choosing the subsets; default 0. */
  readonly seed?: number;
  /** The result of {@linkcode chooseSubsets} for the two sets, if it is already known. */
  readonly chosen?: ChosenSubsets;
  /** The result of {@linkcode sumsWithin} for `b`, if it is already known. */
  readonly withinB?: Float64Array;
  /** Called each time a subset is finished. */
  readonly onProgress?: (done: number, subsets: number) => void;
}

/** The distance, and details of its computation. */
export interface Kid {
  /** Mean of the estimates from all subsets. */
  readonly kid: number;
  /**
   * Standard deviation of the estimates from all subsets. The variance is the sum of the squared
   * deviations divided by the number of subsets.
   */
  readonly deviation: number;
  /** Number of subsets. */
  readonly subsets: number;
  /** Number of images taken from each set per subset. */
  readonly subsetSize: number;
  /** Number of images in the first set. */
  readonly n1: number;
  /** Number of images in the second set. */
  readonly n2: number;
}

/**
 * Returns the kernel Inception distance between two sets of features. If each subset would contain
 * all vectors of both sets, only one subset is used.
 *
 * @throws {EvaluationError} if the features cannot be compared, or if there are too few vectors for
 * a subset
 */
export function kernelInceptionDistance(
  a: Features,
  b: Features,
  options: KidOptions = {},
): Kid {
  requireComparable("KID", a, b, 2);
  const plan = planSubsets(a, b, options);
  const { subsets, subsetSize } = plan;
  const chosen = options.chosen ?? chooseSubsets(a, b, plan);
  const values: number[] = [];
  const kernel = openKernelSums();
  try {
    for (let i = 0; i < subsets; i++) {
      const [x, y] = [takeRows(a, chosen.a[i]), takeRows(b, chosen.b[i])];
      const withinY = options.withinB?.[i] ?? sumOfOthers(y, kernel);
      values.push(discrepancy(x, kernel.of(x, y), withinY));
      options.onProgress?.(i + 1, subsets);
    }
  } finally {
    kernel.close();
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

/**
 * Describes the subsets of a comparison. A plan depends on the sizes of the two sets, but not on
 * the vectors in them.
 */
export interface SubsetPlan {
  /** Number of subsets. */
  readonly subsets: number;
  /** Number of images taken from each set per subset. */
  readonly subsetSize: number;
  /** Seed for choosing the subsets. */
  readonly seed: number;
}

/**
 * Plans the subsets that {@linkcode kernelInceptionDistance} compares.
 *
 * @throws {EvaluationError} if there are too few images for a subset
 */
export function planSubsets(
  a: Pick<Features, "count">,
  b: Pick<Features, "count">,
  options: KidOptions = {},
): SubsetPlan {
  const most = Math.min(a.count, b.count);
  const subsetSize = options.subsetSize ?? Math.min(1000, most);
  requireIntegerIn("images per subset", subsetSize, 2, most);
  const takesAll = subsetSize === a.count && subsetSize === b.count;
  const subsets = takesAll ? 1 : options.subsets ?? 100;
  requireIntegerIn("subsets", subsets, 1, 1e6);
  return { subsets, subsetSize, seed: options.seed ?? 0 };
}

/** The rows of each subset, for both sets. */
export interface ChosenSubsets {
  /** Rows of the first set, one array for each subset. */
  readonly a: readonly Uint32Array[];
  /** Rows of the second set, one array for each subset. */
  readonly b: readonly Uint32Array[];
}

/**
 * Chooses the rows of each subset at random. The rows depend only on the plan and on the sizes of
 * the two sets.
 */
export function chooseSubsets(
  a: Pick<Features, "count">,
  b: Pick<Features, "count">,
  plan: SubsetPlan,
): ChosenSubsets {
  // A copy frees the memory of the rows that were not chosen.
  const choose = (side: Pick<Features, "count">, name: "a" | "b") =>
    Array.from({ length: plan.subsets }, (_, i) => drawRows(side, name, i, plan).slice());
  return { a: choose(a, "a"), b: choose(b, "b") };
}

/**
 * For each subset of `b`, returns the sum of (x·y/d + 1)³ over all pairs of different vectors in
 * the subset. This part of the distance does not depend on the first set.
 *
 * @returns one sum for each subset, `[subsets]`
 */
export function sumsWithin(b: Features, plan: SubsetPlan): Float64Array {
  const kernel = openKernelSums();
  try {
    return Float64Array.from(
      { length: plan.subsets },
      (_, i) => sumOfOthers(takeRows(b, drawRows(b, "b", i, plan)), kernel),
    );
  } finally {
    kernel.close();
  }
}

function drawRows(
  { count }: Pick<Features, "count">,
  name: "a" | "b",
  number: number,
  { subsetSize, seed }: SubsetPlan,
): Uint32Array {
  return chooseRows(randomStream(seed, "kid", name, number), count, subsetSize);
}

function takeRows(side: Features, rows: Uint32Array): Matrix {
  const { values } = selectFeatures(side, rows);
  return { values, rows: rows.length, columns: side.dimension };
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

/**
 * Chooses `wanted` different rows out of `count` at random, and returns their indices in random
 * order.
 */
export function chooseRows(
  stream: RandomStream,
  count: number,
  wanted: number,
): Uint32Array {
  return stream.permutation(count).subarray(0, wanted);
}

function discrepancy(
  x: Matrix,
  sums: { readonly within: number; readonly between: number },
  withinY: number,
): number {
  const n = x.rows;
  const within = withoutOwn(sums.within, x) + withinY;
  return within / (n * (n - 1)) - 2 * sums.between / (n * n);
}

function sumOfOthers(x: Matrix, kernel: KernelSums): number {
  return withoutOwn(kernel.within(x), x);
}

/** Subtracts from the sum the terms in which a row is paired with itself. */
function withoutOwn(sum: number, x: Matrix): number {
  for (let from = 0; from < x.values.length; from += x.columns) {
    let square = 0;
    for (let j = from; j < from + x.columns; j++) square += x.values[j] ** 2;
    sum -= (square / x.columns + 1) ** 3;
  }
  return sum;
}
