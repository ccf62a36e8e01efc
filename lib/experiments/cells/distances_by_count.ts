/**
 * How a Fréchet distance depends on the number of images: reports that don't name theirs can only
 * be read so.
 */
import { type Features, selectFeatures } from "../../evaluation/metrics/features.ts";
import { frechetDistance } from "../../evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../../evaluation/metrics/moments.ts";

/** Numbers of images; those above what there is are left out. */
const COUNTS = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const;
/** At most so many disjoint sets of each number, whose mean is taken. */
const SETS = 5;

/** The mean distance of so many images. */
export interface DistanceOfCount {
  readonly images: number;
  readonly sets: number;
  readonly distance: number;
}

/** Distances of the first images of a set from all real ones, for each number of images. */
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
