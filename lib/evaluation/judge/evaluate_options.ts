/**
 * Options shared by the parts of an evaluation, with helpers for progress and for cached features
 * of real sets.
 */
import { cachedFeatures } from "../extractors/extract_features.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";
import type { ImageSet } from "../readers/image_set.ts";
import { RealSide } from "./real_side.ts";
import type { Classifier } from "../../models/classifier_weights.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits. Without it, classes, pixels and copies are not judged. */
  readonly classifier?: Classifier | undefined;
  /**
   * Whether to train a classifier on the images, which takes a minute, and test it on real ones.
   */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder of the cache for real sets. */
  readonly cache: string;
  /** The real sides of earlier judgements. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /** Receives the current task and its progress. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** The name of the score that is only measured on request. */
export const ACCURACY_SCORE = "classification accuracy score";

/** Names of the real sets for `--against train` and `test`. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Raised whenever the computation of scores changes. Caches of other versions are ignored, and
 * records are kept separate.
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

/** Returns the real side of comparisons with a set. */
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

/** Returns a callback that reports the extraction of features. */
export function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): { (done: number): void } {
  return (done) => onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
