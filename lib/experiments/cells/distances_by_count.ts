/**
 * Measures how a Fréchet distance depends on the number of images. Such a table is necessary to
 * interpret a published distance without that number.
 */
import { type Features, selectFeatures } from "../../evaluation/metrics/features.ts";
import { frechetDistance } from "../../evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../../evaluation/metrics/moments.ts";

/** Numbers of images. Those above the size of the set are left out. */
const COUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const;
/** Maximum number of disjoint sets for each mean. */
const SETS = 5;

/** The mean distance for a number of images. */
export interface DistanceOfCount {
  readonly images: number;
  readonly sets: number;
  readonly distance: number;
}

/** Returns the mean distances of subsets of a set to all real images, for each number of images. */
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
