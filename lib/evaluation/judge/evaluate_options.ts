import { cachedFeatures } from "../extractors/extract_features.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";
import type { ImageSet } from "../readers/image_set.ts";
import { RealSide } from "./real_side.ts";
import type { Classifier } from "../../models/classifier_weights.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits. If undefined, only features are compared. */
  readonly classifier?: Classifier | undefined;
  /** Whether to compute the classification accuracy score, which takes a minute. */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder for cached results about real images. */
  readonly cache: string;
  /** The {@linkcode RealSide} of each real set, for reuse in later evaluations. */
  readonly sides?: WeakMap<ImageSet, RealSide>;
  /** Receives the current task and its progress. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Name of the only score that must be requested. */
export const ACCURACY_SCORE = "classification accuracy score";

/** Names of the real sets that `--against train` and `--against test` select. */
export const TRAINING_SET = "MNIST's training images";
export const TEST_SET = "MNIST's test images";

/**
 * Version of the computation of scores. Increase it whenever the computation changes. Cached
 * results with a different version are ignored.
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

/** Returns the {@linkcode RealSide} of a real set, from an earlier evaluation if possible. */
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
