/**
 * Lets many comparisons with the same real set share work. Results that depend only on the features
 * of the real set are computed once, when they are first used.
 */
import type { Features } from "../metrics/features.ts";
import { type SubsetPlan, sumsWithin } from "../metrics/kid.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { squaredRadii } from "../metrics/nearest_neighbours.ts";

/** Holds the features of a real set, and caches the results that metrics compute from them. */
export class RealSide {
  /** The features of the real set. */
  readonly features: Features;
  readonly #known = new Map<string, unknown>();

  /**
   * Stores the features of a real set.
   *
   * @param features the set's features, which must not change afterwards
   */
  constructor(features: Features) {
    this.features = features;
  }

  /** Mean and covariance of the features. */
  get moments(): Moments {
    return this.#once("moments", () => computeMoments(this.features));
  }

  /**
   * Returns, for each vector, the squared distance to its k-th nearest neighbour, where k is
   * `neighbours`.
   */
  radii(neighbours: number): Float64Array {
    return this.#once(
      `radii ${neighbours}`,
      () => squaredRadii(this.features, neighbours),
    );
  }

  /**
   * Returns, for each of KID's subsets, the sum of the kernel over the pairs of different vectors.
   */
  sumsWithin(plan: SubsetPlan): Float64Array {
    const { subsets, subsetSize, seed } = plan;
    return this.#once(
      `sums ${subsets} ${subsetSize} ${seed}`,
      () => sumsWithin(this.features, plan),
    );
  }

  #once<T>(what: string, compute: () => T): T {
    if (!this.#known.has(what)) this.#known.set(what, compute());
    return this.#known.get(what) as T;
  }
}
