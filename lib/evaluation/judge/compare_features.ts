import { type Features, requireComparable } from "../metrics/features.ts";
import { type FidInfinity, fidInfinity } from "../metrics/fid_infinity.ts";
import { frechetDistance } from "../metrics/frechet_distance.ts";
import { kernelInceptionDistance, planSubsets } from "../metrics/kid.ts";
import { computeMoments } from "../metrics/moments.ts";
import { precisionRecall } from "../metrics/precision_recall.ts";
import type { RealSide } from "./real_side.ts";
import type { Score } from "./score.ts";

/** Options for {@linkcode compareFeatures}. */
export interface CompareOptions {
  /** Name of the Fréchet distance for features of this kind, such as "digit-FID". */
  readonly metric: string;
  /** Seed for all random choices. */
  readonly seed: number;
}

/** The scores of a set of images. */
export interface Comparison {
  /** The scores, in the order in which tables show them. */
  readonly scores: readonly Score[];
  /** Remarks on how to interpret the scores. */
  readonly remarks: readonly string[];
}

/**
 * Precision, recall, density and coverage use a ball around each feature vector. The radius of the
 * ball is the distance to the vector's fifth nearest neighbour.
 */
export const NEIGHBOURS = 5;

/**
 * Compares the features of generated images with the features of real images.
 *
 * @throws {EvaluationError} when the sets are too small or their dimensions differ
 */
export function compareFeatures(
  generated: Features,
  side: RealSide,
  { metric, seed }: CompareOptions,
): Comparison {
  const real = side.features;
  requireComparable(metric, generated, real);
  const distance = frechetDistance(
    computeMoments(generated),
    side.moments,
    { samples: { a: generated, b: real } },
  );
  const plan = planSubsets(generated, real, { seed });
  const { kid, deviation } = kernelInceptionDistance(generated, real, {
    seed,
    chosen: side.subsets(generated.count, plan),
    withinB: side.sumsWithin(plan),
  });
  const { precision, recall, density, coverage } = precisionRecall(real, generated, {
    neighbours: NEIGHBOURS,
    realRadii: side.radii(NEIGHBOURS),
  });
  const infinity = extrapolate(generated, real, seed);
  const prefix = metric.replace(/-?FID.*$/, "");
  return {
    scores: [
      { name: metric, value: distance.fid, better: "lower" },
      ...(infinity
        ? [{
          name: `${metric}∞`,
          value: infinity.fidInfinity,
          spread: infinity.standardError,
          better: "lower" as const,
        }]
        : []),
      {
        name: prefix ? `${prefix}-KID` : "KID",
        value: kid,
        spread: deviation,
        better: "lower",
      },
      { name: "precision", value: precision, better: "higher" },
      { name: "recall", value: recall, better: "higher" },
      { name: "density", value: density, better: "higher" },
      { name: "coverage", value: coverage, better: "higher" },
    ],
    remarks: distance.rankWarning === null ? [] : [distance.rankWarning],
  };
}

/**
 * The smallest subset must have at least `images` images, and at least `imagesADimension` images
 * per dimension of the features. The extrapolation assumes that the distance's bias is proportional
 * to 1/N. With fewer images, the bias is not proportional to 1/N.
 */
const SMALLEST = { images: 500, imagesADimension: 2 };

/**
 * Estimates the Fréchet distance for an infinite number of images. Returns undefined if there are
 * too few images to extrapolate from.
 */
function extrapolate(
  generated: Features,
  real: Features,
  seed: number,
): FidInfinity | undefined {
  const smallest = Math.floor(generated.count / 2);
  const { images, imagesADimension } = SMALLEST;
  return smallest < Math.max(images, imagesADimension * generated.dimension)
    ? undefined
    : fidInfinity(generated, real, { smallest, seed });
}
