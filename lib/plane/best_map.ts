/**
 * Computes a discriminator's best map from the densities of real and of generated points. With
 * equally many points of both kinds, the best answer at a place is p / (p + q) for a real density p
 * and a generated density q (Goodfellow et al., arXiv 1406.2661, proposition 1).
 */
import { blobDensity, type PlanePoint } from "./blobs.ts";
import { CELLS, mapPlaces } from "./look.ts";

export interface BestMap {
  /** The best answer in each square of a map. */
  readonly answers: readonly number[];
  /** Fraction of all points, real and generated, in each square. */
  readonly weights: readonly number[];
}

/**
 * Returns the best possible map.
 *
 * @param density density of the generated points
 */
export function bestMap(density: (place: PlanePoint) => number): BestMap {
  const both = mapPlaces(CELLS).map((place) => ({ p: blobDensity(place), q: density(place) }));
  const total = both.reduce((sum, { p, q }) => sum + p + q, 0);
  return {
    answers: both.map(({ p, q }) => p / (p + q)),
    weights: both.map(({ p, q }) => (p + q) / total),
  };
}

/** Returns the mean distance from the best answers, over real and generated points. */
export function distanceFromBest(map: ArrayLike<number>, best: BestMap): number {
  return best.answers.reduce(
    (sum, answer, i) => sum + best.weights[i] * Math.abs(answer - map[i]),
    0,
  );
}
