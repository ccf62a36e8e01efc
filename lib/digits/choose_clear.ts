/**
 * Chooses the clear pictures of a digit: the best of many, all different from each other. An image
 * qualifies if both classifiers are confident about it, its strokes are neither faint nor fat, its
 * picture has the digit's form and can still be read, its edges are among the least ragged, and it
 * is not a copy of a training image.
 */
import type { Mnist } from "../dataset/mnist.ts";
import { selectImages } from "../dataset/select_images.ts";
import type { Features } from "../evaluation/metrics/features.ts";
import { meanPixels } from "../evaluation/metrics/garbage.ts";
import type { ByteImages } from "../images.ts";
import { featureModel } from "../models/classifier.ts";
import { applyModel } from "../models/classify.ts";
import { hasFormOf, raggedness } from "./clarity.ts";
import { findDigitCopies, imagesOf } from "./copies.ts";
import { DigitsError } from "./digits_error.ts";
import { type DigitNetworks, type GeneratedDigits, readTwice } from "./generated_digits.ts";
import { drawClearly, reduceInk } from "./ink.ts";
import { chooseVaried, pairDistances } from "./varied.ts";

/** Everything that {@linkcode chooseClear} needs apart from the candidates. */
export interface ClearContext {
  readonly networks: DigitNetworks;
  readonly mnist: Pick<Mnist, "train" | "test">;
  /** The number of pictures to choose. */
  readonly count: number;
  /** The height and width of a picture in pixels. */
  readonly side: number;
}

/** The chosen images, and an account of how they were chosen. */
export interface ClearChoice {
  /**
   * The rows of the chosen candidates. The clearest image comes first; each later image is the one
   * that differs most from all images before it.
   */
  readonly rows: readonly number[];
  readonly account: ClearAccount;
}

/** How many images were left after each step, and how much the chosen ones differ. */
export interface ClearAccount {
  readonly digit: number;
  readonly sure: number;
  /** The number of images that are neither faint nor fat. */
  readonly inked: number;
  /**
   * The number of images that have the digit's form and are read as the digit by both classifiers.
   */
  readonly formed: number;
  /** The number of well-formed images that count as smooth. */
  readonly smooth: number;
  /** The number of images that were dropped as copies of training images. */
  readonly copies: number;
  /** Two images whose features are closer than this are near-duplicates. */
  readonly apart: number;
  /**
   * The mean distance between two chosen images, measured in the classifier's features.
   * `varietyOfReal` is the mean distance between two real images.
   */
  readonly variety: number;
  readonly varietyOfReal: number;
}

/**
 * An image is neither faint nor fat if the amount of its ink lies between these two quantiles,
 * which are taken over real images of the same digit.
 */
const INK = { least: 0.2, most: 0.7 };
/**
 * The fraction of the well-formed images that count as smooth. These are the smoothest ones. If the
 * first fraction leaves too few images to choose from, the next one is tried.
 */
const SMOOTH = [0.35, 0.7, 1];
/**
 * The lowest confidence that the second classifier must have in its reading of the image, and that
 * both classifiers must have in their readings of the picture drawn from the image.
 */
const SECOND = 0.99;
/**
 * Two images are near-duplicates if at most this fraction of the pairs of real images are closer
 * together.
 */
const DUPLICATES = 0.003;
/** The number of real images from which these pairs are formed. */
const REAL = 100;

/**
 * Chooses the clear pictures of a digit.
 *
 * @param candidates images that the classifier is confident about
 * @throws {DigitsError} when too few candidates qualify
 */
export async function chooseClear(
  candidates: GeneratedDigits,
  digit: number,
  context: ClearContext,
): Promise<ClearChoice> {
  const { images } = candidates;
  const { mnist, count } = context;
  const sure = listSure(candidates, digit);
  const inked = keepInked(images, sure, imagesOf(mnist.test, digit));
  const formed = await keepFormed(images, inked, digit, context);
  const ordered = orderBySmoothness(images, formed);
  const { distances, limit } = findDigitCopies(selectImages(images, ordered), digit, mnist);
  const real = (await distancesBetween(imagesOf(mnist.test, digit, REAL), context)).sort();
  const apart = real[Math.floor(DUPLICATES * real.length)];
  const counts = { digit, sure: sure.length, inked: inked.length, formed: formed.length };
  for (const share of SMOOTH) {
    const smooth = ordered.slice(0, Math.ceil(share * ordered.length));
    const own = smooth.filter((_, i) => distances[i] >= limit);
    const features = await takeFeatures(selectImages(images, own), context);
    const rows = chooseVaried(features, { count, apart }).map((i) => own[i]);
    if (rows.length < count) continue;
    const variety = mean(await distancesBetween(selectImages(images, rows), context));
    const left = { smooth: smooth.length, copies: smooth.length - own.length };
    const account = { ...counts, ...left, apart, variety, varietyOfReal: mean(real) };
    return { rows, account };
  }
  throw new DigitsError(
    `Choosing clear pictures of ${digit}: wanted ${count} different ones among ${formed.length} well-formed ` +
      "images, found fewer. Try another --seed.",
  );
}

function listSure({ readings: { first, second } }: GeneratedDigits, digit: number): number[] {
  return [...first.keys()].filter((row) =>
    first[row].answer === digit && second[row].answer === digit &&
    second[row].confidence >= SECOND
  );
}

function keepInked(images: ByteImages, rows: readonly number[], real: ByteImages): number[] {
  const sorted = meanPixels(real).sort((a, b) => a - b);
  const [least, most] = [INK.least, INK.most].map((share) =>
    sorted[Math.floor(share * (sorted.length - 1))]
  );
  const inks = meanPixels(selectImages(images, rows));
  return rows.filter((_, i) => inks[i] >= least && inks[i] <= most);
}

async function keepFormed(
  images: ByteImages,
  rows: readonly number[],
  digit: number,
  { networks, side }: ClearContext,
): Promise<number[]> {
  const size = images.height * images.width;
  const formed: number[] = [];
  const drawn: Uint8Array[] = [];
  for (const row of rows) {
    const ink = await drawClearly(images.pixels.subarray(row * size, (row + 1) * size), side);
    if (!hasFormOf(digit, ink, side)) continue;
    formed.push(row);
    drawn.push(await reduceInk(ink, side));
  }
  const pixels = new Uint8Array(drawn.length * size);
  drawn.forEach((image, i) => pixels.set(image, i * size));
  const { first, second } = await readTwice(networks, { ...images, pixels, count: drawn.length });
  return formed.filter((_, i) =>
    [first[i], second[i]].every(({ answer, confidence }) =>
      answer === digit && confidence >= SECOND
    )
  );
}

/** Sorts the rows so that the least ragged images come first. */
function orderBySmoothness(images: ByteImages, rows: readonly number[]): number[] {
  const ragged = raggedness(selectImages(images, rows));
  return [...rows.keys()].sort((a, b) => ragged[a] - ragged[b]).map((i) => rows[i]);
}

/** Returns the features that the classifier computes from each image. */
async function takeFeatures(
  images: ByteImages,
  { networks: { classifier } }: ClearContext,
): Promise<Features> {
  const model = featureModel(classifier.model);
  const dimension = model.outputs[0].shape[1]!;
  return { values: await applyModel(model, images), count: images.count, dimension };
}

/** Returns the distance between each pair of images, measured in the classifier's features. */
async function distancesBetween(images: ByteImages, context: ClearContext): Promise<Float64Array> {
  return pairDistances(await takeFeatures(images, context));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
