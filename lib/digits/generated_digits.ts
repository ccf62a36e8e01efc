/** Generated images of digits, and what two classifiers read in each. */
import type * as tf from "@tensorflow/tfjs";
import { type Answer, answersOf } from "../evaluation/classifier/calibration.ts";
import type { ByteImages } from "../images.ts";
import { type CalibratedClassifier, classify } from "../models/classify.ts";
import { sampleImages } from "../models/sample_images.ts";

export interface GeneratedDigits {
  readonly images: ByteImages;
  /** By image: the number of its latent. */
  readonly latents: readonly number[];
  readonly readings: Readings;
}

/** By image: what each of the two classifiers reads. */
export interface Readings {
  readonly first: readonly Answer[];
  readonly second: readonly Answer[];
}

/** The networks that draw and read. */
export interface DigitNetworks {
  /** `[batch, latentSize] -> [batch, 784] in [-1, 1]`. */
  readonly generator: tf.LayersModel;
  readonly classifier: CalibratedClassifier;
  /** Another architecture, trained from another seed. */
  readonly second: CalibratedClassifier;
}

/** Which latents of which sequence. */
export interface LatentRange {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** Draws images, and has them read. */
export async function generateDigits(
  networks: DigitNetworks,
  range: LatentRange,
): Promise<GeneratedDigits> {
  const images = await sampleImages(networks.generator, range);
  const latents = Array.from({ length: range.count }, (_, i) => range.from + i);
  return { images, latents, readings: await readTwice(networks, images) };
}

/** Has images read by both classifiers. */
export async function readTwice(
  { classifier, second }: Pick<DigitNetworks, "classifier" | "second">,
  images: ByteImages,
): Promise<Readings> {
  return {
    first: answersOf(await classify(classifier, images)),
    second: answersOf(await classify(second, images)),
  };
}
