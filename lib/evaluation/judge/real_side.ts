import type { Features } from "../metrics/features.ts";
import { chooseSubsets, type ChosenSubsets, type SubsetPlan, sumsWithin } from "../metrics/kid.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { squaredRadii } from "../metrics/nearest_neighbours.ts";

/**
 * Caches all results that depend only on the features of the real set, so that several comparisons
 * with the same real set compute each result only once.
 */
export class RealSide {
  /** The features of the real set. */
  readonly features: Features;
  readonly #known = new Map<string, unknown>();

  /**
   * Creates an empty cache.
   *
   * @param features the real set's features, which must not change afterwards
   */
  constructor(features: Features) {
    this.features = features;
  }

  /** The mean and covariance of the features. */
  get moments(): Moments {
    return this.#once("moments", () => computeMoments(this.features));
  }

  /**
   * Returns the squared distance from each vector to its k-th nearest neighbour, where k is
   * `neighbours`.
   */
  radii(neighbours: number): Float64Array {
    return this.#once(
      `radii ${neighbours}`,
      () => squaredRadii(this.features, neighbours),
    );
  }

  /**
   * Returns, for each subset that KID uses, the sum of the kernel over all pairs of different
   * vectors in the subset.
   */
  sumsWithin(plan: SubsetPlan): Float64Array {
    const { subsets, subsetSize, seed } = plan;
    return this.#once(
      `sums ${subsets} ${subsetSize} ${seed}`,
      () => sumsWithin(this.features, plan),
    );
  }

  /** Returns the rows of the subsets in which KID compares `count` generated vectors. */
  subsets(count: number, plan: SubsetPlan): ChosenSubsets {
    const { subsets, subsetSize, seed } = plan;
    return this.#once(
      `subsets ${count} ${subsets} ${subsetSize} ${seed}`,
      () => chooseSubsets({ count }, this.features, plan),
    );
  }

  #once<T>(what: string, compute: () => T): T {
    if (!this.#known.has(what)) this.#known.set(what, compute());
    return this.#known.get(what) as T;
  }
}
