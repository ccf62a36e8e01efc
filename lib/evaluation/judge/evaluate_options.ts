/**
 * What each part of an evaluation is told, and what they share: progress, and features of real sets
 * from the cache.
 */
import { cachedFeatures } from "../extractors/extract_features.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";
import type { ImageSet } from "../readers/image_set.ts";
import { RealSide } from "./real_side.ts";
import type { Classifier } from "../../models/classifier_weights.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits; without one nothing is said of classes, pixels and memorization. */
  readonly classifier?: Classifier | undefined;
  /**
   * Whether to train a classifier on the images, which takes a minute, and test it on real ones.
   */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder for what is kept of real sets. */
  readonly cache: string;
  /** The real sides of earlier judgements. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /** Told what is being done, and how much of it. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** The score that is measured only when it is asked for. */
export const ACCURACY_SCORE = "classification accuracy score";

/** Names of the real sets that `--against train` and `test` stand for. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Raised when the scores are computed otherwise than before: what caches hold counts no more,
 * records are kept apart.
 */
export const SCORES_VERSION = 2;

/** Features of real images, from the cache where they are known. */
export function featuresOfReal(
  set: ImageSet,
  options: EvaluateOptions,
): Promise<Features> {
  return cachedFeatures(set, options.extractor, options.cache, {
    onProgress: progressOf(options, set),
  });
}

/** The real side of comparisons with a set. */
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

/** Reports of features that are being made. */
export function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): { (done: number): void } {
  return (done) => onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
