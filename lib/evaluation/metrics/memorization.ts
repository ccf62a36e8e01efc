/**
 * Checks whether a generator copies training images. Copied images lie closer to their nearest
 * training images than unseen real images do. The method is based on Meehan, Chaudhuri and
 * Dasgupta, "A non-parametric test to detect data-copying in generative models", 2020.
 */
import { randomStream } from "../../random.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireComparable, selectFeatures } from "./features.ts";
import { chooseRows } from "./kid.ts";
import { mostNearByChance } from "./near_by_chance.ts";
import { type NearestNeighbours, nearestNeighbours } from "./nearest_neighbours.ts";
import type { Score } from "../judge/score.ts";

/** Three sets of feature vectors in the same space. */
export interface MemorizationSets {
  readonly generated: Features;
  /** Real images that were not used in training. */
  readonly unseen: Features;
  readonly training: Features;
}

export interface MemorizationOptions {
  /** Name of the feature space, such as "pixels" or "digit features". */
  readonly where: string;
  /**
   * Number of images to compare from each of the sets `generated` and `unseen`. The default is
   * 1000. If a set has fewer images, all of them are compared.
   */
  readonly queries?: number;
  /** Seed for choosing the images; default 0. */
  readonly seed?: number;
  /**
   * The field {@linkcode Memorization.unseen} from an earlier call with the same unseen images,
   * training images, `queries` and `seed`.
   */
  readonly unseenDistances?: Float64Array | undefined;
}

export interface Memorization {
  readonly scores: readonly Score[];
  readonly suspicious: Suspicious;
  /** Indices of the generated images that were compared. */
  readonly rows: Uint32Array;
  readonly nearest: NearestNeighbours;
  /** For each compared unseen image, the distance to its nearest training image. */
  readonly unseen: Float64Array;
}

/** The generated images that are suspiciously near to a training image. */
export interface Suspicious {
  /** An image is suspiciously near if its distance is less than this limit. */
  readonly limit: number;
  readonly count: number;
  /** The largest `count` that chance explains; see {@linkcode mostNearByChance}. */
  readonly mostByChance: number;
}

/**
 * Compares generated images with unseen images by the distances to their nearest training images.
 *
 * @throws {EvaluationError} if a set is empty or the dimensions differ
 */
export function findMemorization(
  { generated, unseen, training }: MemorizationSets,
  { where, queries = 1000, seed = 0, unseenDistances }: MemorizationOptions,
): Memorization {
  const attempt = `Memorization in ${where}`;
  requireComparable(attempt, generated, training);
  requireComparable(attempt, unseen, training);
  const draw = (features: Features, name: string) =>
    chooseRows(
      randomStream(seed, "memorization", name),
      features.count,
      queries,
    );
  const rows = draw(generated, "generated");
  const nearest = nearestNeighbours(selectFeatures(generated, rows), training);
  const distances = unseenDistances ?? nearestNeighbours(
    selectFeatures(unseen, draw(unseen, "unseen")),
    training,
  ).distances;
  const [scores, suspicious] = scoreMemorization(nearest.distances, distances, where);
  return Object.freeze({
    scores,
    suspicious,
    rows,
    nearest,
    unseen: distances,
  });
}

/**
 * A generated image is suspiciously close to its nearest training image if the distance between the
 * two is below this quantile of the distances from the unseen images to their nearest training
 * images.
 */
const SUSPICIOUS = 0.01;

/**
 * Scores the distances of generated images and of unseen images to their nearest training images.
 * Also returns the count of suspiciously near images on which one of the scores is based.
 *
 * @throws {EvaluationError} if `generated` or `unseen` is empty
 */
export function scoreMemorization(
  generated: Float64Array,
  unseen: Float64Array,
  where: string,
): [readonly Score[], Suspicious] {
  if (generated.length === 0 || unseen.length === 0) {
    throw new EvaluationError("Memorization: wanted distances, found none.");
  }
  const suspicious = findSuspicious(generated, unseen);
  const scores: Score[] = [
    {
      name: `nearest training image, ${where} (median distance)`,
      value: quantile(generated, 0.5),
      floor: quantile(unseen, 0.5),
    },
    {
      name: `suspiciously near to one, ${where} (share)`,
      value: suspicious.count / generated.length,
      floor: SUSPICIOUS,
      better: "lower",
    },
  ];
  return [scores, suspicious];
}

/**
 * Counts the suspiciously near images, and gives the largest count that chance alone would explain.
 */
function findSuspicious(generated: Float64Array, unseen: Float64Array): Suspicious {
  const limit = quantile(unseen, SUSPICIOUS);
  return {
    limit,
    count: generated.filter((distance) => distance < limit).length,
    mostByChance: mostNearByChance({
      generated: generated.length,
      unseen: unseen.length,
      rank: quantileRow(unseen, SUSPICIOUS) + 1,
    }),
  };
}

function quantile(values: Float64Array, share: number): number {
  return values.toSorted()[quantileRow(values, share)];
}

function quantileRow({ length }: Float64Array, share: number): number {
  return Math.floor(share * (length - 1));
}
