/**
 * Judges a target against real images by everything that there is: features, classifier, pixels, nearest training images.
 * Each score has a floor beside it: what real images that nobody generated get at the same number.
 */
import type { Mnist } from "../dataset/mnist.ts";
import type { NearestPairs } from "../display/neighbour_pictures.ts";
import { classificationAccuracyScore } from "../evaluation/accuracy_score.ts";
import { mostProbable } from "../evaluation/class_scores.ts";
import { compareFeatures } from "../evaluation/compare_features.ts";
import { type DigitScores, scoreDigits } from "../evaluation/compare_digits.ts";
import {
  cachedFeatures,
  extractFeatures,
} from "../evaluation/extract_features.ts";
import type { Extractor } from "../evaluation/extractor.ts";
import { type Features, selectFeatures } from "../evaluation/features.ts";
import {
  hashImages,
  type ImageSet,
  selectImages,
  setOf,
  toByteImages,
} from "../evaluation/image_set.ts";
import {
  findMemorization,
  type Memorization,
  type MemorizationSets,
} from "../evaluation/memorization.ts";
import {
  type Evaluation,
  type Score,
  withFloors,
} from "../evaluation/score.ts";
import type { ByteImages } from "../images.ts";
import { CLASSES } from "../models/classifier.ts";
import { classify } from "../models/classify.ts";
import type { Classifier } from "../models/classifier_weights.ts";
import { cachedJson } from "./cached_json.ts";
import { takeSome } from "./open_target.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits; without one nothing is said of classes, pixels and memorization. */
  readonly classifier?: Classifier | undefined;
  /** Whether to train a classifier on the images, which takes a minute, and test it on real ones. */
  readonly accuracyScore?: boolean | undefined;
  readonly seed: number;
  /** Folder for what is kept of real sets. */
  readonly cache: string;
  /** Told what is being done, and how much of it. */
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

/** Sets that are compared. */
export interface Sets {
  readonly target: ImageSet;
  readonly real: ImageSet;
  /** Other real images, for the floor; as many as the target has are taken of them. */
  readonly floor?: ImageSet | undefined;
}

/** An evaluation, and what pictures are made of. */
export interface EvaluatedTarget {
  readonly evaluation: Evaluation;
  /** Where digits were judged. */
  readonly neighbours?: Neighbourhood;
}

/** Generated images and, for each, the nearest training image by pixels. */
export interface Neighbourhood extends NearestPairs {
  /** Distances of unseen real images. */
  readonly unseen: Float64Array;
}

/** Images whose nearest training image is looked for. */
const QUERIES = 1000;

/** Raised when the scores are computed otherwise than before: what caches hold counts no more. */
const SCORES_VERSION = 2;

/**
 * Compares a set of images with a real one.
 *
 * @param mnist what the generator may have copied from, and digits that it has not seen
 */
export async function evaluateTarget(
  { target, real, floor }: Sets,
  mnist: Mnist,
  options: EvaluateOptions,
): Promise<EvaluatedTarget> {
  const { extractor, classifier, seed } = options;
  const features = await extractFeatures(target, extractor, {
    onProgress: progressOf(options, target),
  });
  const realFeatures = await featuresOfReal(real, options);
  const compared = compareFeatures(features, realFeatures, {
    metric: extractor.metric,
    seed,
  });
  const digits = classifier
    ? await judgeDigits(target, features, real, classifier, options)
    : undefined;
  const scores = withFloors(
    [...compared.scores, ...digits?.scores ?? []],
    floor ? await floorScores(target.count, real, floor, options) : [],
  );
  const copies = classifier &&
    await lookForCopies(target, features, mnist, options);
  const accuracy = classifier && options.accuracyScore
    ? [await accuracyScore(target, mnist, classifier, options)]
    : [];
  return {
    evaluation: {
      target: target.name,
      against: real.name,
      images: [target.count, real.count],
      extractor: {
        name: extractor.name,
        hash: extractor.hash,
        dimension: extractor.dimension,
      },
      seed,
      scores: [...scores, ...copies?.scores ?? [], ...accuracy],
      ...(digits && { histogram: digits.histogram }),
      remarks: compared.remarks,
    },
    ...(copies && { neighbours: copies.neighbours }),
  };
}

/** Scores of real images that nobody generated. */
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
      const realFeatures = await featuresOfReal(real, options);
      const { scores } = compareFeatures(features, realFeatures, {
        metric,
        seed,
      });
      if (!classifier) return [...scores];
      const digits = await judgeDigits(
        set,
        features,
        real,
        classifier,
        options,
      );
      return [...scores, ...digits.scores];
    },
  );
}

function featuresOfReal(
  set: ImageSet,
  options: EvaluateOptions,
): Promise<Features> {
  return cachedFeatures(set, options.extractor, options.cache, {
    onProgress: progressOf(options, set),
  });
}

async function judgeDigits(
  set: ImageSet,
  features: Features,
  real: ImageSet,
  classifier: Classifier,
  { onProgress }: EvaluateOptions,
): Promise<DigitScores> {
  const images = await toByteImages(set);
  const probabilities = await classify(
    classifier,
    images,
    (done) => onProgress?.("Reading digits", done, images.count),
  );
  return scoreDigits(
    { images, probabilities, features },
    await toByteImages(real),
  );
}

/** Whether images are copies of training images, in the extractor's features and in pixels. */
async function lookForCopies(
  target: ImageSet,
  features: Features,
  { train, test }: Mnist,
  options: EvaluateOptions,
): Promise<{ scores: Score[]; neighbours: Neighbourhood }> {
  const [training, unseen] = [
    setOf("MNIST's training images", train.images),
    setOf("MNIST's test images", test.images),
  ];
  const images = await toByteImages(target);
  const { rows, ...byPixels } = await findCopies(
    {
      generated: pixelFeatures(images),
      unseen: pixelFeatures(test.images),
      training: pixelFeatures(train.images),
    },
    "pixels",
    options,
  );
  const byFeatures = await findCopies(
    {
      generated: features,
      unseen: await featuresOfReal(unseen, options),
      training: await featuresOfReal(training, options),
    },
    `${options.extractor.name} features`,
    options,
  );
  const generated = await toByteImages(selectImages(target, rows));
  return {
    scores: [...byPixels.scores, ...byFeatures.scores],
    neighbours: {
      generated,
      training: train.images,
      labels: train.labels,
      ...byPixels.nearest,
      unseen: byPixels.unseen,
    },
  };
}

async function findCopies(
  sets: MemorizationSets,
  where: string,
  { seed, cache, extractor, onProgress }: EvaluateOptions,
): Promise<Memorization> {
  const title = `Nearest training images by ${where}`;
  onProgress?.(title, 0, QUERIES);
  const { unseen, training } = sets;
  // Features are the extractor's; pixels are MNIST's, which is checked by its hash when it is loaded.
  const of = [where, extractor.hash, unseen.count, training.count, QUERIES];
  const known = await cachedJson(
    cache,
    ["nearest", SCORES_VERSION, ...of, seed],
    () => {
      const options = { where, queries: QUERIES, seed };
      // Whatever is generated, the distances of unseen images are the same.
      const generated = selectFeatures(unseen, [0]);
      const found = findMemorization({ ...sets, generated }, options);
      return Promise.resolve([...found.unseen]);
    },
  );
  const found = findMemorization(sets, {
    where,
    queries: QUERIES,
    seed,
    unseenDistances: Float64Array.from(known),
  });
  onProgress?.(title, QUERIES, QUERIES);
  return found;
}

/** The classification accuracy score, beside that of as many training images. */
async function accuracyScore(
  target: ImageSet,
  { train, test }: Mnist,
  classifier: Classifier,
  { seed, cache, onProgress }: EvaluateOptions,
): Promise<Score> {
  const measure = async (set: ImageSet) => {
    const images = await toByteImages(set);
    const labels = mostProbable(await classify(classifier, images), CLASSES);
    const { accuracy } = await classificationAccuracyScore(
      { images, labels },
      test,
      {
        seed,
        onProgress: (done, steps) =>
          onProgress?.(`Training a classifier on ${set.name}`, done, steps),
      },
    );
    return accuracy;
  };
  const samples = target.count;
  const real = takeSome(setOf("MNIST's training images", train.images), {
    samples,
    seed,
  });
  const of = ["accuracy", SCORES_VERSION, classifier.hash, samples, seed];
  return {
    name: "classification accuracy score",
    value: await measure(target),
    floor: await cachedJson(cache, of, () => measure(real)),
    better: "higher",
  };
}

function pixelFeatures({ pixels, count, height, width }: ByteImages): Features {
  return { values: pixels, count, dimension: height * width };
}

function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): { (done: number): void } {
  return (done) =>
    onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
