/**
 * Measures the curve of a cell. The curve shows how scores change during training. At regular
 * intervals, inexpensive scores are computed from a small number of generated images.
 */
import type { Mnist } from "../../dataset/mnist.ts";
import { holdBack, take } from "../../dataset/split.ts";
import { scoreClasses } from "../../evaluation/metrics/class_scores.ts";
import { extractFeatures } from "../../evaluation/extractors/extract_features.ts";
import type { Features } from "../../evaluation/metrics/features.ts";
import { frechetDistance } from "../../evaluation/metrics/frechet_distance.ts";
import { NEIGHBOURS } from "../../evaluation/judge/compare_features.ts";
import { RealSide } from "../../evaluation/judge/real_side.ts";
import { setOf } from "../../evaluation/readers/image_set.ts";
import { computeMoments, type Moments } from "../../evaluation/metrics/moments.ts";
import { precisionRecall } from "../../evaluation/metrics/precision_recall.ts";
import type { ByteImages } from "../../images.ts";
import { CLASSES } from "../../models/classifier.ts";
import { readDigits } from "../../evaluation/judge/read_digits.ts";
import type { Judge } from "../../evaluation/judge/judge.ts";
import type { Values } from "../../training/progress.ts";

/**
 * Number of epochs between two points of the curve. There is always a point after the last step,
 * too. With this number, judging takes less than a tenth of the training time in every row of the
 * report's tables. (The committed tables were computed with a point every two epochs, with a slower
 * judge and beside other work. Judging then took 13 % of the training time in the median cell, and
 * a third of it in the worst cell that was computed in one go.)
 */
export const CURVE_EPOCHS = 4;

/** Number of images that are generated for each point of the curve. */
export const CURVE_IMAGES = 2_000;

/**
 * The names of the scores at each point. `lenetFid` is computed from LeNet features. The other
 * scores are computed from digit features or from the classifier's predictions.
 */
export const curveMeasures = [
  "digitFid",
  "lenetFid",
  "precision",
  "recall",
  "coverage",
  "sureShare",
  "classDistance",
] as const;

export type CurveMeasure = (typeof curveMeasures)[number];

/** The values of a point that was not measured. Every value is NaN. */
export const unmeasured: Values<CurveMeasure> = Object.freeze(
  Object.fromEntries(curveMeasures.map((measure) => [measure, NaN])),
) as Values<CurveMeasure>;

export type MeasureCurve = (
  generated: ByteImages,
) => Promise<Values<CurveMeasure>>;

/**
 * Number of real images with which the generated images are compared. The real images are training
 * images, because the test images are reserved for the final scores.
 */
const REAL_IMAGES = 10_000;

/**
 * Prepares the real images with which generated images are compared. Returns a function that
 * measures one point of the curve.
 *
 * The Fréchet distances of all cells are measured with the same 10,000 training images. Precision,
 * recall and coverage need equal numbers of real and generated images, so they are measured with
 * only the first 2,000 of these training images.
 *
 * @param digit the judge that computes digit features
 * @param lenet the judge that computes LeNet features; undefined if LeNet's weights are not
 * available
 */
export async function prepareCurve(
  { train }: Pick<Mnist, "train">,
  digit: Judge,
  lenet: Judge | undefined,
): Promise<MeasureCurve> {
  const { validation } = holdBack(
    train,
    Math.min(REAL_IMAGES, train.images.count - 1),
  );
  const few = Uint32Array.from(
    { length: Math.min(CURVE_IMAGES, validation.images.count) },
    (_, i) => i,
  );
  const nearby = new RealSide(await featuresOf(take(validation, few).images, digit));
  const moments = {
    digit: computeMoments(await featuresOf(validation.images, digit)),
    lenet: lenet && computeMoments(await featuresOf(validation.images, lenet)),
  };
  return async (generated) => {
    const features = await featuresOf(generated, digit);
    const { precision, recall, coverage } = precisionRecall(nearby.features, features, {
      neighbours: NEIGHBOURS,
      realRadii: nearby.radii(NEIGHBOURS),
    });
    const classes = await readDigits(
      { images: generated, features, extractor: digit.extractor },
      digit.classifier!,
    );
    const { sureShare, distanceFromUniform } = scoreClasses(classes, CLASSES);
    return {
      digitFid: distance(features, moments.digit),
      lenetFid: lenet && moments.lenet
        ? distance(await featuresOf(generated, lenet), moments.lenet)
        : NaN,
      precision,
      recall,
      coverage,
      sureShare,
      classDistance: distanceFromUniform,
    };
  };
}

async function featuresOf(
  images: ByteImages,
  { extractor }: Judge,
): Promise<Features> {
  return await extractFeatures(setOf("images of the curve", images), extractor);
}

function distance(generated: Features, real: Moments): number {
  return frechetDistance(computeMoments(generated), real, {
    samples: { a: generated },
  }).fid;
}
