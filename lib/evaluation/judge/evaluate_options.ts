import { cachedFeatures } from "../extractors/extract_features.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";
import type { ImageSet } from "../readers/image_set.ts";
import { RealSide } from "./real_side.ts";
import type { Classifier } from "../../models/classifier_weights.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** The classifier that reads the digits. If it is undefined, then only features are compared. */
  readonly classifier?: Classifier | undefined;
  /**
   * Number of classifiers to train for the classification accuracy score. If it is undefined, then
   * the score is not computed.
   */
  readonly accuracyClassifiers?: number | undefined;
  readonly seed: number;
  /** Folder in which results for real images are cached. */
  readonly cache: string;
  /** Stores the {@linkcode RealSide} of each real set, so that later evaluations can reuse it. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /**
   * Receives the name of the current task, the number of its finished parts, and the total number
   * of its parts.
   */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Names of the real sets that the options `--against train` and `--against test` select. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Version number of the code that computes scores. Increase this number whenever the computation
 * changes. Cached results with a different version number are ignored.
 */
export const SCORES_VERSION = 2;

/**
 * Returns the features of real images. If the features are in the cache, then they are read from
 * it.
 */
export function featuresOfReal(
  set: ImageSet,
  options: EvaluateOptions,
): Promise<Features> {
  return cachedFeatures(set, options.extractor, options.cache, {
    onProgress: progressOf(options, set),
  });
}

/**
 * Returns the {@linkcode RealSide} of a real set. If an earlier evaluation has stored it, then it
 * is reused.
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

/**
 * Returns a callback that reports the number of images whose features have been extracted.
 */
export function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): { (done: number): void } {
  return (done) => onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
