/**
 * Measures how a Fréchet distance depends on the number of images. This helps to interpret a
 * distance that was published without stating the number of images.
 */
import { type Features, selectFeatures } from "../../evaluation/metrics/features.ts";
import { frechetDistance } from "../../evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../../evaluation/metrics/moments.ts";

/**
 * The numbers of images for which to measure the distance. Numbers that exceed the size of the set
 * are left out.
 */
const COUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const;
/** Maximum number of disjoint subsets to average over. */
const SETS = 5;

/** The Fréchet distance, averaged over `sets` disjoint subsets with `images` images each. */
export interface DistanceOfCount {
  readonly images: number;
  readonly sets: number;
  readonly distance: number;
}

/**
 * Returns, for each subset size, the mean distance of the subsets with that size from all real
 * images.
 */
export function distancesByCount(
  features: Features,
  real: Moments,
): DistanceOfCount[] {
  return COUNTS.filter((count) => count <= features.count).map((images) => {
    const sets = Math.min(SETS, Math.floor(features.count / images));
    let sum = 0;
    for (let i = 0; i < sets; i++) {
      const rows = Uint32Array.from(
        { length: images },
        (_, row) => i * images + row,
      );
      const part = selectFeatures(features, rows);
      sum += frechetDistance(computeMoments(part), real, {
        samples: { a: part },
      }).fid;
    }
    return { images, sets, distance: sum / sets };
  });
}
