/**
 * Measures how a Fréchet distance depends on the number of images. The results help to interpret a
 * distance that was published without the number of images.
 */
import { type Features, selectFeatures } from "../../evaluation/metrics/features.ts";
import { frechetDistance } from "../../evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../../evaluation/metrics/moments.ts";

/**
 * The numbers of images for which the distance is measured. If a set has too few images for one of
 * these numbers, then that number is skipped.
 */
const COUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const;
/** Maximum number of disjoint subsets over which a distance is averaged. */
const SETS = 5;

/** The mean Fréchet distance of `sets` disjoint subsets of `images` images each. */
export interface DistanceOfCount {
  readonly images: number;
  readonly sets: number;
  readonly distance: number;
}

/**
 * Divides images into disjoint subsets and measures the Fréchet distance of each subset from the
 * whole set of real images. Returns the mean distance for each subset size.
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
