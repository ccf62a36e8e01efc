/**
 * The best map a discriminator can have, where both densities are known (Goodfellow et al., arXiv
 * 1406.2661, proposition 1): p / (p + q), with p real points and q others, shown equally often.
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answers, in the order of a map. */
  readonly answers: readonly number[];
  /** How many points of both kinds there are in each square, as shares of 1. */
  readonly weights: readonly number[];
}

/**
 * Returns the best map.
 *
 * @param density how densely the points lie that are not real
 */
export function bestMap(density: (place: PlanePoint) => number): BestMap {
  const both = mapPlaces(CELLS).map((place) => ({ p: blobDensity(place), q: density(place) }));
  const total = both.reduce((sum, { p, q }) => sum + p + q, 0);
  return {
    answers: both.map(({ p, q }) => p / (p + q)),
    weights: both.map(({ p, q }) => (p + q) / total),
  };
}

/** Returns the mean distance of a map's answers from the best ones, over points of both kinds. */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
