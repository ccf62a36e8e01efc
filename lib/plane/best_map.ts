/**
 * Computes the best map that a discriminator can have, which requires that both densities are
 * known. The best answer is p / (p + q), where p is the density of real points and q that of
 * generated points, provided that both kinds are shown equally often (Goodfellow et al., arXiv
 * 1406.2661, proposition 1).
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answer for each square, in the order of a map. */
  readonly answers: readonly number[];
  /** For each square, the fraction of all points of both kinds that lie in it. */
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
 * Returns how far a map's answers are from the best answers, averaged over points of both kinds.
 */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
