/**
 * Defines the options that all parts of an evaluation share, and helpers that report progress and
 * cache the features of real sets.
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
   * The classifier that reads the digits. Without a classifier, classes, pixels and copies are not
   * judged.
   */
  readonly classifier?: Classifier | undefined;
  /**
   * Whether to train a classifier on the images, which takes a minute, and test it on real ones.
   */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder in which results for real sets are cached. */
  readonly cache: string;
  /** The {@linkcode RealSide} of each real set, kept from earlier judgements for reuse. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /** Receives the current task and its progress. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Name of the score that is measured only on request. */
export const ACCURACY_SCORE = "classification accuracy score";

/** Names of the real sets for `--against train` and `test`. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Version of the way in which scores are computed. Increase it whenever that changes. Cached
 * results of other versions are ignored, and scores of different versions are recorded separately.
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

/** Returns the {@linkcode RealSide} of a set, from an earlier judgement if possible. */
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
