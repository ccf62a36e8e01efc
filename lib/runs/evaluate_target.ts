/**
 * Judges a target against real images by everything that there is: features, classifier, pixels, nearest training images.
 * Each score has a floor beside it: what real images that nobody generated get at the same number.
 */
import type { Mnist } from "../dataset/mnist.ts";
import { compareFeatures } from "../evaluation/compare_features.ts";
import {
  type JudgedDigits,
  scoreDigits,
} from "../evaluation/compare_digits.ts";
import {
  cachedFeatures,
  extractFeatures,
  type ExtractOptions,
} from "../evaluation/extract_features.ts";
import type { Extractor } from "../evaluation/extractor.ts";
import type { Features } from "../evaluation/features.ts";
import { type ImageSet, setOf, toByteImages } from "../evaluation/image_set.ts";
import { scoreMemorization } from "../evaluation/memorization.ts";
import {
  type NearestNeighbours,
  nearestNeighbours,
} from "../evaluation/nearest_neighbours.ts";
import {
  type Evaluation,
  type Score,
  withFloors,
} from "../evaluation/score.ts";
import type { ByteImages } from "../images.ts";
import { type CalibratedClassifier, classify } from "../models/classify.ts";
import { takeSome } from "./open_target.ts";

export interface EvaluateOptions {
  readonly extractor: Extractor;
  /** Reads the digits; without one nothing is said of classes, pixels and memorization. */
  readonly classifier?: CalibratedClassifier | undefined;
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
  /** Generated images and, for each, the nearest training image; where digits were judged. */
  readonly neighbours?: Neighbourhood;
}

export interface Neighbourhood {
  readonly generated: ByteImages;
  readonly training: ByteImages;
  /** By pixels: one for each generated image. */
  readonly nearest: NearestNeighbours;
  /** Distances of unseen real images. */
  readonly unseen: Float64Array;
}

/** Images whose nearest training image is looked for. */
const QUERIES = 1000;

/** Compares a set of images with a real one. */
export async function evaluateTarget(
  { target, real, floor }: Sets,
  training: ByteImages,
  options: EvaluateOptions,
): Promise<EvaluatedTarget> {
  const { extractor, classifier, seed, cache } = options;
  const floorSet = floor &&
    takeSome(floor, { samples: target.count, seed });
  const features = await extractFeatures(target, extractor, {
    onProgress: progressOf(options, target),
  });
  const ofReal = (set: ImageSet) =>
    cachedFeatures(set, extractor, cache, {
      onProgress: progressOf(options, set),
    });
  const realFeatures = await ofReal(real);
  const floorFeatures = floorSet && await ofReal(floorSet);
  const { metric } = extractor;
  const compared = compareFeatures(features, realFeatures, { metric, seed });
  const floors = floorFeatures
    ? compareFeatures(floorFeatures, realFeatures, { metric, seed }).scores
    : [];
  const scores = withFloors(compared.scores, floors);
  const evaluation: Evaluation = {
    target: target.name,
    against: real.name,
    images: [target.count, real.count],
    extractor: {
      name: extractor.name,
      hash: extractor.hash,
      dimension: extractor.dimension,
    },
    seed,
    scores,
    remarks: compared.remarks,
  };
  if (!classifier) return { evaluation };
  const reference = await toByteImages(real);
  const images = await toByteImages(target);
  const judged = async (images: ByteImages, features: Features) =>
    scoreDigits(await judge(images, features, options), reference);
  const digits = withFloors(
    await judged(images, features),
    floorSet && floorFeatures
      ? await judged(await toByteImages(floorSet), floorFeatures)
      : [],
  );
  const memory = await findNeighbours(images, training, reference, options);
  return {
    evaluation: {
      ...evaluation,
      scores: [...scores, ...digits, ...memory.scores],
    },
    neighbours: memory.neighbours,
  };
}

async function judge(
  images: ByteImages,
  features: Features,
  { classifier, onProgress }: EvaluateOptions,
): Promise<JudgedDigits> {
  const probabilities = await classify(
    classifier!,
    images,
    (done) => onProgress?.("Reading digits", done, images.count),
  );
  return { images, probabilities, features };
}

/** Nearest training images by pixels, of generated images and of unseen real ones. */
async function findNeighbours(
  images: ByteImages,
  training: ByteImages,
  unseen: ByteImages,
  { seed, onProgress }: EvaluateOptions,
): Promise<{ scores: Score[]; neighbours: Neighbourhood }> {
  const keys = pixelFeatures(training);
  const some = (name: string, images: ByteImages) =>
    toByteImages(takeSome(setOf(name, images), { samples: QUERIES, seed }));
  const generated = await some("generated", images);
  onProgress?.("Nearest training images", 0, 2);
  const nearest = nearestNeighbours(pixelFeatures(generated), keys);
  onProgress?.("Nearest training images", 1, 2);
  const distances = nearestNeighbours(
    pixelFeatures(await some("unseen", unseen)),
    keys,
  ).distances;
  onProgress?.("Nearest training images", 2, 2);
  return {
    scores: scoreMemorization(nearest.distances, distances, "pixels"),
    neighbours: { generated, training, nearest, unseen: distances },
  };
}

function pixelFeatures({ pixels, count, height, width }: ByteImages): Features {
  return { values: pixels, count, dimension: height * width };
}

function progressOf(
  { onProgress, extractor }: EvaluateOptions,
  { name, count }: ImageSet,
): NonNullable<ExtractOptions["onProgress"]> {
  return (done) =>
    onProgress?.(`${extractor.name} features of ${name}`, done, count);
}
