import type { ByteImages } from "../../images.ts";
import { CLASSES } from "../../models/classifier.ts";
import {
  diversityWithinClasses,
  mostProbable,
  scoreClasses,
  SURE,
} from "../metrics/class_scores.ts";
import type { Features } from "../metrics/features.ts";
import { scoreGarbage } from "../metrics/garbage.ts";
import type { Score } from "./score.ts";

/** Images of digits, with the results that networks computed for them. */
export interface JudgedDigits {
  readonly images: ByteImages;
  /** The classifier's calibrated probabilities, `[count, 10]`. */
  readonly probabilities: Float64Array;
  /** The features that the extractor computed. */
  readonly features: Features;
}

/** Scores of a set of digits. */
export interface DigitScores {
  readonly scores: readonly Score[];
  /** For each digit, the fraction of images that the classifier reads as that digit. */
  readonly histogram: readonly number[];
}

/**
 * Scores digits by the classifier's predictions, by the diversity of the images within each class,
 * and by the images' pixels.
 *
 * @param reference real images; an image counts as too bright if it is brighter than all real
 * images
 */
export function scoreDigits(
  { images, probabilities, features }: JudgedDigits,
  reference: ByteImages,
): DigitScores {
  const classes = scoreClasses(probabilities, CLASSES);
  const diversity = diversityWithinClasses(
    features,
    mostProbable(probabilities, CLASSES),
  );
  const garbage = scoreGarbage(images, reference);
  const scores: Score[] = [
    {
      name: "classifier score",
      value: classes.classifierScore,
      better: "higher",
    },
    {
      name: `share of sure digits (p ≥ ${SURE})`,
      value: classes.sureShare,
      better: "higher",
    },
    {
      name: "classes, distance from uniform",
      value: classes.distanceFromUniform,
      better: "lower",
    },
    ...(diversity === undefined ? [] : [{
      name: "diversity within a class",
      value: diversity,
      better: "higher" as const,
    }]),
    {
      name: "brighter than any real image",
      value: garbage.tooBrightShare,
      better: "lower",
    },
    {
      name: "isolated bright pixels an image",
      value: garbage.isolatedPixels,
      better: "lower",
    },
  ];
  return { scores, histogram: classes.histogram };
}
