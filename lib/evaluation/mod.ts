/**
 * Measures the quality of generated images with metrics from the literature: the Fréchet distance
 * (FID), the same distance extrapolated to infinitely many images (FID∞), the kernel distance
 * (KID), precision, recall, density, coverage and nearest neighbours. Readers open files that other
 * tools have written. Extractors turn images into feature vectors. Every metric is computed in
 * float64 and tested against independent implementations. With the native engine, TensorFlow
 * computes the linear algebra. With other engines, TypeScript code computes the same results up to
 * rounding.
 *
 * @example Compare two sets of feature vectors
 * ```ts
 * import { computeMoments, frechetDistance, kernelInceptionDistance } from "@sudogan/sudogan/evaluation";
 *
 * const real = { values: Float32Array.of(0, 0, 2, 0, 0, 2, 2, 2), count: 4, dimension: 2 };
 * // The same vectors, moved by (3, 4).
 * const generated = { ...real, values: real.values.map((x, i) => x + (i % 2 ? 4 : 3)) };
 *
 * const { fid } = frechetDistance(computeMoments(generated), computeMoments(real));
 * console.log(fid.toFixed(6)); // 25.000000
 *
 * const { kid } = kernelInceptionDistance(real, real);
 * console.log(kid < 0); // true
 * ```
 *
 * @module
 */
export type { Matrix } from "../engine/double.ts";
export type { ByteImages, Images } from "../images.ts";
export { UserError } from "../system/user_error.ts";
export { EvaluationError } from "./evaluation_error.ts";
export {
  type ExtractedFeatures,
  extractFeatures,
  type ExtractOptions,
} from "./extractors/extract_features.ts";
export type { Extractor, ExtractorName } from "./extractors/extractor.ts";
export type { ImageSize } from "./extractors/inception.ts";
export { openExtractor, type OpenExtractorOptions } from "./extractors/open_extractor.ts";
export { compareFeatures, type CompareOptions, type Comparison } from "./judge/compare_features.ts";
export { RealSide } from "./judge/real_side.ts";
export type { Score } from "./judge/score.ts";
export type { Features } from "./metrics/features.ts";
export { type FidInfinity, fidInfinity, type FidInfinityOptions } from "./metrics/fid_infinity.ts";
export {
  type FrechetDistance,
  frechetDistance,
  type FrechetOptions,
} from "./metrics/frechet_distance.ts";
export {
  chooseSubsets,
  type ChosenSubsets,
  kernelInceptionDistance,
  type Kid,
  type KidOptions,
  planSubsets,
  type SubsetPlan,
  sumsWithin,
} from "./metrics/kid.ts";
export type { BlockOptions } from "./metrics/distance_blocks.ts";
export { computeMoments, type Moments } from "./metrics/moments.ts";
export {
  type NearestNeighbours,
  nearestNeighbours,
  squaredRadii,
} from "./metrics/nearest_neighbours.ts";
export {
  type PrecisionRecall,
  precisionRecall,
  type PrecisionRecallOptions,
} from "./metrics/precision_recall.ts";
export { type ImageSet, setOf, type Subject } from "./readers/image_set.ts";
export { openFeatures, type StoredFeatures, type StoredMoments } from "./readers/open_features.ts";
export { openImages } from "./readers/open_images.ts";
