/**
 * Computes the best possible map of a discriminator from the densities of the real points and the
 * generated points. If there are as many real points as generated points, then the best answer at a
 * place is p / (p + q), where p is the density of the real points and q is the density of the
 * generated points (Goodfellow et al., arXiv 1406.2661, proposition 1).
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answer of a discriminator in each square of the map. */
  readonly answers: readonly number[];
  /** Fraction of all points, real and generated, that lie in each square of the map. */
  readonly weights: readonly number[];
}

/**
 * Returns the best possible map of a discriminator.
 *
 * @param density density of the generated points at a place
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
 * Returns the mean absolute difference between the answers of a map and those of the best map. In
 * this mean, each square of the map is weighted by the fraction of all points, real and generated,
 * that lie in it.
 */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
