/**
 * Defines the options that all parts of an evaluation share. Also provides helpers that report
 * progress and cache the features of real sets.
 */
import { cachedFeatures } from "../extractors/extract_features.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";
import type { ImageSet } from "../readers/image_set.ts";
import { RealSide } from "./real_side.ts";
import type { Classifier } from "../../models/classifier_weights.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /**
   * The classifier that reads the digits. If undefined, neither classes nor pixels are scored, and
   * copies of training images are not looked for.
   */
  readonly classifier?: Classifier | undefined;
  /**
   * Whether to train a classifier on the images and test it on real images. This takes a minute.
   */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder for cached results about sets of real images. */
  readonly cache: string;
  /** Keeps the {@linkcode RealSide} of each real set, so that later evaluations can reuse it. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /** Receives the current task and its progress. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Name of the only score that must be requested explicitly. */
export const ACCURACY_SCORE = "classification accuracy score";

/** Names of the real sets that `--against train` and `--against test` select. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Version number of the computation of scores. Increase it whenever the computation changes. Cached
 * results with a different version are ignored, and scores with different versions are recorded
 * separately.
 */
export const SCORES_VERSION = 2;

/** Returns the features of real images, from the cache if possible. */
export function featuresOfReal(
  set: ImageSet,
  options: EvaluateOptions,
): Promise<Features> {
  return cachedFeatures(set, options.extractor, options.cache, {
    onProgress: progressOf(options, set),
  });
}

/**
 * Returns the {@linkcode RealSide} of a real set. Reuses the one from an earlier evaluation if
 * possible.
 */
export async function sideOf(
  set: ImageSet,
  options: EvaluateOptions,
): Promise<RealSide> {
  const known = options.sides?.get(set);
  if (known) return known;
  const side = new RealSide(await featuresOfReal(set, options));
  options.sides?.set(set, side);
  return side;
}

/** Returns a callback that reports the progress of extracting features. */
export function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): { (done: number): void } {
  return (done) => onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
