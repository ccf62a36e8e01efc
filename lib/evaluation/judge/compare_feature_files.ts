import { frechetDistance } from "../metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../metrics/moments.ts";
import { openFeatures, type StoredFeatures, type StoredMoments } from "../readers/open_features.ts";
import { compareFeatures } from "./compare_features.ts";
import { SCORES_VERSION } from "./evaluate_options.ts";
import { RealSide } from "./real_side.ts";
import type { Evaluation } from "./score.ts";

/**
 * Compares two files of features that other tools wrote. If one of the files contains only the
 * features' mean and covariance, then only the Fréchet distance is computed.
 *
 * @throws {EvaluationError} when a file cannot be read, or when the features in the two files have
 * different dimensions
 */
export async function compareFeatureFiles(
  target: string,
  against: string,
  seed: number,
): Promise<Evaluation> {
  const [a, b] = [await openFeatures(target), await openFeatures(against)];
  const about = {
    target,
    subject: { path: target },
    scoring: SCORES_VERSION,
    against,
    extractor: { name: "from files", dimension: a.dimension },
    seed,
  };
  if (a.kind === "features" && b.kind === "features") {
    const compared = compareFeatures(a, new RealSide(b), { metric: "FID", seed });
    return { ...about, images: [a.count, b.count], ...compared };
  }
  const { fid } = frechetDistance(momentsOf(a), momentsOf(b));
  return {
    ...about,
    images: [countOf(a), countOf(b)],
    scores: [{ name: "FID", value: fid, better: "lower" }],
    remarks: ["The number of images is unknown: a file of moments does not contain it."],
  };
}

type Stored = StoredFeatures | StoredMoments;

function momentsOf(stored: Stored): Moments {
  if (stored.kind === "features") return computeMoments(stored);
  // The file does not say how many images its moments were computed from. This code assumes that
  // there were enough images.
  return { ...stored, count: Number.MAX_SAFE_INTEGER };
}

function countOf(stored: Stored): number {
  return stored.kind === "features" ? stored.count : NaN;
}
