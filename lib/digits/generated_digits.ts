/** Generates images of digits and runs two classifiers on each of them. */
import type * as tf from "@tensorflow/tfjs";
import { type Answer, answersOf } from "../evaluation/classifier/calibration.ts";
import type { ByteImages } from "../images.ts";
import { type CalibratedClassifier, classify } from "../models/classify.ts";
import { sampleImages } from "../models/sample_images.ts";

export interface GeneratedDigits {
  readonly images: ByteImages;
  /** The index of each image's latent in the sequence. */
  readonly latents: readonly number[];
  readonly readings: Readings;
}

/** The answers of the two classifiers for each image. */
export interface Readings {
  readonly first: readonly Answer[];
  readonly second: readonly Answer[];
}

/** The networks that generate and read digits. */
export interface DigitNetworks {
  /** Maps latents, `[batch, latentSize]`, to images, `[batch, 784]` with values in [-1, 1]. */
  readonly generator: tf.LayersModel;
  readonly classifier: CalibratedClassifier;
  /** A classifier that has a different architecture and was trained with a different seed. */
  readonly second: CalibratedClassifier;
}

/** A range of latents in a sequence. */
export interface LatentRange {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** Generates images and runs both classifiers on them. */
export async function generateDigits(
  networks: DigitNetworks,
  range: LatentRange,
): Promise<GeneratedDigits> {
  const images = await sampleImages(networks.generator, range);
  const latents = Array.from({ length: range.count }, (_, i) => range.from + i);
  return { images, latents, readings: await readTwice(networks, images) };
}

/** Reads images with both classifiers. */
export async function readTwice(
  { classifier, second }: Pick<DigitNetworks, "classifier" | "second">,
  images: ByteImages,
): Promise<Readings> {
  return {
    first: answersOf(await classify(classifier, images)),
    second: answersOf(await classify(second, images)),
  };
}
