/**
 * Computes the best possible map of a discriminator if both densities are known (Goodfellow et al.,
 * arXiv 1406.2661, proposition 1): p / (p + q), with p real points and q generated points, shown
 * equally often.
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answers, in the order of a map. */
  readonly answers: readonly number[];
  /** The fraction of the points of both kinds that lies in each square. */
  readonly weights: readonly number[];
}

/** Returns the best possible map.
 *
 * @param density the density of the points that are not real
 */
export function bestMap(density: (place: PlanePoint) => number): BestMap {
  const both = mapPlaces(CELLS).map((place) => ({ p: blobDensity(place), q: density(place) }));
  const total = both.reduce((sum, { p, q }) => sum + p + q, 0);
  return {
    answers: both.map(({ p, q }) => p / (p + q)),
    weights: both.map(({ p, q }) => (p + q) / total),
  };
}

/**
 * Returns the mean distance between a map's answers and the best answers, over points of both
 * kinds.
 */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
