/**
 * Shares the work on the real set between comparisons. Many generated sets are compared with the
 * same real set, so results that depend only on the real features are computed once, on first use.
 */
import type { Features } from "../metrics/features.ts";
import { type SubsetPlan, sumsWithin } from "../metrics/kid.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { squaredRadii } from "../metrics/nearest_neighbours.ts";

/** The features of a real set, with cached results for metrics. */
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

  /** Returns the squared distance of each vector from its k-th nearest neighbour. */
  radii(neighbours: number): Float64Array {
    return this.#once(
      `radii ${neighbours}`,
      () => squaredRadii(this.features, neighbours),
    );
  }

  /** Returns the sum of KID's kernel within each subset. */
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
