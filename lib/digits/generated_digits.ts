/** Generates images of digits and reads them with two classifiers. */
import type * as tf from "@tensorflow/tfjs";
import { type Answer, answersOf } from "../evaluation/classifier/calibration.ts";
import type { ByteImages } from "../images.ts";
import { type CalibratedClassifier, classify } from "../models/classify.ts";
import { sampleImages } from "../models/sample_images.ts";

export interface GeneratedDigits {
  readonly images: ByteImages;
  /** For each image, the position of its latent in the sequence of latents. */
  readonly latents: readonly number[];
  readonly readings: Readings;
}

/** The answers of two classifiers. Each classifier gives one answer per image. */
export interface Readings {
  readonly first: readonly Answer[];
  readonly second: readonly Answer[];
}

/** The networks that generate and read digits. */
export interface DigitNetworks {
  /**
   * Maps latents of shape `[batch, latentSize]` to images of shape `[batch, 784]`, with pixels in
   * [-1, 1].
   */
  readonly generator: tf.LayersModel;
  readonly classifier: CalibratedClassifier;
  /**
   * A second classifier, which has a different architecture and was trained with a different seed.
   */
  readonly second: CalibratedClassifier;
}

/** A range of consecutive latents in the sequence that belongs to the given seed. */
export interface LatentRange {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** Generates images and reads them with both classifiers. */
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
