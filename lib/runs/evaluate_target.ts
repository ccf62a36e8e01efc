/**
 * Judges a target against real images by everything that there is: features, classifier, pixels, nearest training images.
 * Each score has a floor beside it: what real images that nobody generated get at the same number.
 */
import type { Mnist } from "../dataset/mnist.ts";
import type { NearestPairs } from "../display/neighbour_pictures.ts";
import { compareFeatures } from "../evaluation/compare_features.ts";
import { scoreDigits } from "../evaluation/compare_digits.ts";
import {
  cachedFeatures,
  extractFeatures,
} from "../evaluation/extract_features.ts";
import type { Extractor } from "../evaluation/extractor.ts";
import type { Features } from "../evaluation/features.ts";
import {
  hashImages,
  type ImageSet,
  setOf,
  toByteImages,
} from "../evaluation/image_set.ts";
import { scoreMemorization } from "../evaluation/memorization.ts";
import { nearestNeighbours } from "../evaluation/nearest_neighbours.ts";
import {
  type Evaluation,
  type Score,
  withFloors,
} from "../evaluation/score.ts";
import type { ByteImages } from "../images.ts";
import { classify } from "../models/classify.ts";
import type { Classifier } from "../models/classifier_weights.ts";
import { cachedJson } from "./cached_json.ts";
import { takeSome } from "./open_target.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits; without one nothing is said of classes, pixels and memorization. */
  readonly classifier?: Classifier | undefined;
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
const SCORES_VERSION = 1;

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
    : [];
  const scores = withFloors(
    [...compared.scores, ...digits],
    floor ? await floorScores(target.count, real, floor, options) : [],
  );
  const neighbours = classifier &&
    await findNeighbours(target, mnist, options);
  const memorization = neighbours
    ? scoreMemorization(
      neighbours.distances,
      neighbours.unseen,
      "pixels",
    )
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
      scores: [...scores, ...memorization],
      remarks: compared.remarks,
    },
    ...(neighbours && { neighbours }),
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
      return classifier
        ? [
          ...scores,
          ...await judgeDigits(set, features, real, classifier, options),
        ]
        : [...scores];
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
): Promise<Score[]> {
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

/** Nearest training images by pixels, of generated images and of unseen real ones. */
async function findNeighbours(
  target: ImageSet,
  { train, test }: Mnist,
  { seed, cache, onProgress }: EvaluateOptions,
): Promise<Neighbourhood> {
  const training = train.images;
  const keys = pixelFeatures(training);
  const others = setOf("unseen", test.images);
  const some = (set: ImageSet) => takeSome(set, { samples: QUERIES, seed });
  const generated = await toByteImages(some(target));
  const title = "Looking for the nearest training images";
  onProgress?.(title, 0, 2 * QUERIES);
  const nearest = nearestNeighbours(pixelFeatures(generated), keys);
  onProgress?.(title, QUERIES, 2 * QUERIES);
  const hashes = [
    await hashImages(some(others)),
    await hashImages(setOf("training", training)),
  ];
  const unseen = await cachedJson(
    cache,
    ["nearest", SCORES_VERSION, ...hashes],
    async () => {
      const queries = pixelFeatures(await toByteImages(some(others)));
      return [...nearestNeighbours(queries, keys).distances];
    },
  );
  onProgress?.(title, 2 * QUERIES, 2 * QUERIES);
  return {
    generated,
    training,
    labels: train.labels,
    ...nearest,
    unseen: Float64Array.from(unseen),
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
