/**
 * Judges images by their features, by a classifier's predictions, by their pixels, and by their
 * nearest training images. The floor of a score is the score that the same number of real images
 * gets.
 */
import type { Mnist } from "../../dataset/mnist.ts";
import { type DigitScores, scoreDigits } from "./compare_digits.ts";
import { compareFeatures } from "./compare_features.ts";
import { extractFeatures } from "../extractors/extract_features.ts";
import { hashImages, type ImageSet, type Subject, toByteImages } from "../readers/image_set.ts";
import { type Evaluation, type Score, withFloors } from "./score.ts";
import { cachedJson } from "../../system/cached_json.ts";
import {
  type EvaluateOptions,
  featuresOfReal,
  progressOf,
  SCORES_VERSION,
  sideOf,
} from "./evaluate_options.ts";
import type { Features } from "../metrics/features.ts";
import type { Classifier } from "../../models/classifier_weights.ts";
import { type CopySources, lookForCopies, type Neighbourhood } from "./find_copies.ts";
import { accuracyScore } from "./score_accuracy.ts";
import { takeSome } from "./open_target.ts";
import { readDigits } from "./read_digits.ts";

/** The sets of images to compare. */
export interface Sets {
  readonly target: ImageSet;
  readonly real: ImageSet;
  /**
   * A second set of real images, whose scores are the floor. If this set has more images than
   * `target`, then a random subset of it is used.
   */
  readonly floor?: ImageSet | undefined;
}

/** An evaluation, with the data from which its pictures are drawn. */
export interface EvaluatedTarget {
  readonly evaluation: Evaluation;
  readonly features: Features;
  /** Present if a classifier was used. */
  readonly neighbours?: Neighbourhood;
}

export interface EvaluateTargetOptions extends EvaluateOptions {
  /** The images with which the search for copies compares, if later evaluations need them, too. */
  readonly copySources?: CopySources | undefined;
}

/**
 * Compares a set of images with a set of real images.
 *
 * @param mnist the images that are used to look for copies: the training images, which may have
 * been copied, and the test images, which the generator has not seen
 */
export async function evaluateTarget(
  { target, real, floor }: Sets,
  mnist: Mnist,
  options: EvaluateTargetOptions,
): Promise<EvaluatedTarget> {
  const { extractor, classifier, seed } = options;
  const features = await extractFeatures(target, extractor, {
    onProgress: progressOf(options, target),
  });
  const compared = compareFeatures(features, await sideOf(real, options), {
    metric: extractor.metric,
    seed,
  });
  const digits = classifier
    ? await scoreSet(target, features, real, { ...options, classifier })
    : undefined;
  const scores = withFloors(
    [...compared.scores, ...digits?.scores ?? []],
    floor ? await floorScores(target.count, real, floor, options) : [],
  );
  const copies = classifier &&
    await lookForCopies(target, features, mnist, options, options.copySources);
  const { accuracyClassifiers } = options;
  const accuracy = classifier && accuracyClassifiers !== undefined
    ? [await accuracyScore(target, mnist, classifier, accuracyClassifiers, options)]
    : [];
  return {
    evaluation: {
      target: target.name,
      subject: await subjectOf(target),
      against: real.name,
      images: [target.count, real.count],
      extractor: {
        name: extractor.name,
        hash: extractor.hash,
        dimension: extractor.dimension,
      },
      ...(classifier && { classifier: classifier.hash }),
      scoring: SCORES_VERSION,
      seed,
      scores: [...scores, ...copies?.scores ?? [], ...accuracy],
      ...(digits && { histogram: digits.histogram }),
      remarks: compared.remarks,
    },
    features,
    ...(copies && { neighbours: copies.neighbours }),
  };
}

/** Scores a set of digits. Images that are brighter than all images of `real` are too bright. */
async function scoreSet(
  set: ImageSet,
  features: Features,
  real: ImageSet,
  { extractor, classifier, onProgress }: EvaluateOptions & { readonly classifier: Classifier },
): Promise<DigitScores> {
  const images = await toByteImages(set);
  const probabilities = await readDigits(
    { images, features, extractor },
    classifier,
    (done) => onProgress?.("Reading digits", done, images.count),
  );
  return scoreDigits({ images, probabilities, features }, await toByteImages(real));
}

async function subjectOf(set: ImageSet): Promise<Subject> {
  const { path, hash } = set.subject ?? { path: set.name };
  return { path, hash: hash ?? await hashImages(set) };
}

async function floorScores(
  count: number,
  real: ImageSet,
  floor: ImageSet,
  options: EvaluateOptions,
): Promise<Score[]> {
  const { extractor: { name, hash, metric }, classifier, seed } = options;
  const set = takeSome(floor, { samples: count, seed });
  const of = [await hashImages(real), await hashImages(set), name, hash];
  return await cachedJson(
    options.cache,
    ["floor", SCORES_VERSION, ...of, classifier?.hash ?? "", seed],
    async () => {
      const features = await featuresOfReal(set, options);
      const { scores } = compareFeatures(features, await sideOf(real, options), {
        metric,
        seed,
      });
      if (!classifier) return [...scores];
      const digits = await scoreSet(set, features, real, { ...options, classifier });
      return [...scores, ...digits.scores];
    },
  );
}
