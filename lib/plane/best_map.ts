/**
 * Computes the best map that a discriminator can have. For this, the densities of real and of
 * generated points must be known. If the discriminator is shown both kinds equally often, its best
 * answer at a place is p / (p + q), where p is the density of real points there and q that of
 * generated points (Goodfellow et al., arXiv 1406.2661, proposition 1).
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answer for each square, in the order of a map's squares. */
  readonly answers: readonly number[];
  /** For each square, the fraction of all points (real and generated) that lie in it. */
  readonly weights: readonly number[];
}

/**
 * Returns the best possible map.
 *
 * @param density returns the density of the generated points at a place
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
 * Returns the mean distance of a map's answers from the best answers, over real and generated
 * points.
 */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
