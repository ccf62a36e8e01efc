/**
 * The real side of comparisons. Many sets of generated images are compared with the same real ones,
 * so what the metrics need of the real features alone is computed once, when it is first asked for.
 */
import type { Features } from "../metrics/features.ts";
import { type SubsetPlan, sumsWithin } from "../metrics/kid.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { squaredRadii } from "../metrics/nearest_neighbours.ts";

/** The features of a real set, with what metrics need of them. */
export class RealSide {
  /** The features as they were handed in. */
  readonly features: Features;
  readonly #known = new Map<string, unknown>();

  /**
   * Holds the features of a real set.
   *
   * @param features must not be changed afterwards
   */
  constructor(features: Features) {
    this.features = features;
  }

  /** Mean and covariance. */
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

  /** Returns the sums of the kernel within each of KID's subsets. */
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
