import type { Features } from "../metrics/features.ts";
import { type SubsetPlan, sumsWithin } from "../metrics/kid.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { squaredRadii } from "../metrics/nearest_neighbours.ts";

/**
 * Caches results that depend only on a real set's features. Many comparisons can share the cache.
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

  /** Mean and covariance of the features. */
  get moments(): Moments {
    return this.#once("moments", () => computeMoments(this.features));
  }

  /**
   * Returns each vector's squared distance to its k-th nearest neighbour, where k is `neighbours`.
   */
  radii(neighbours: number): Float64Array {
    return this.#once(
      `radii ${neighbours}`,
      () => squaredRadii(this.features, neighbours),
    );
  }

  /** Returns the kernel's sum over the pairs of different vectors, for each of KID's subsets. */
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
