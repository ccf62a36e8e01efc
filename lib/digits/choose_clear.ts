/**
 * Chooses the clear pictures of a digit. Both classifiers must read a picture with confidence. The
 * picture must have the usual amount of ink, the form of the digit and smooth edges. No picture may
 * be a copy of a training image, and no two pictures of a digit may be nearly the same.
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

/** What {@linkcode chooseClear} needs besides the candidates and the digit. */
export interface ClearContext {
  readonly networks: DigitNetworks;
  readonly mnist: Pick<Mnist, "train" | "test">;
  readonly count: number;
  /** Side length of a picture, in pixels. */
  readonly side: number;
}

/** The chosen images, with a report on how they were chosen. */
export interface ClearChoice {
  /**
   * The row numbers of the chosen images among the candidates. The smoothest image comes first.
   * Each further image is the one that differs most from the images before it.
   */
  readonly rows: readonly number[];
  readonly account: ClearAccount;
}

/**
 * The number of images that were left after each step of the selection, and the variety of the
 * chosen images.
 */
export interface ClearAccount {
  readonly digit: number;
  readonly sure: number;
  /** The number of confidently read images that have the usual amount of ink. */
  readonly inked: number;
  /**
   * The number of images that have the usual amount of ink and whose drawing as a clear picture has
   * the form of the digit. Both classifiers must also read the drawing as the digit.
   */
  readonly formed: number;
  /** The number of well-formed images that were kept because their edges are the smoothest. */
  readonly smooth: number;
  /** The number of smooth images that were dropped because they are copies of training images. */
  readonly copies: number;
  /** The smallest allowed distance between the features of two chosen images. */
  readonly apart: number;
  /** The mean distance between the features of two chosen images. */
  readonly variety: number;
  /** The mean distance between the features of two real images of the digit. */
  readonly varietyOfReal: number;
}

/**
 * The least and the greatest allowed amount of ink, as quantiles of the amounts of ink in real
 * images of the digit.
 */
const INK = { least: 0.2, most: 0.7 };
/**
 * The fraction of the well-formed images to keep, namely those with the smoothest edges. If
 * too few different images are left, then the next larger fraction is tried.
 */
const SMOOTH = [0.35, 0.7, 1];
/**
 * The second classifier must read the generated image with at least this confidence, and both
 * classifiers must read the drawn picture with at least this confidence.
 */
const SECOND = 0.99;
/**
 * The smallest allowed distance between two chosen images is this quantile of the distances between
 * real images of the digit.
 */
const DUPLICATES = 0.003;
const REAL = 100;

/**
 * Chooses the clear pictures of a digit.
 *
 * @param candidates images that the classifier is confident about
 * @throws {DigitsError} if fewer than `context.count` candidates qualify
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

function orderBySmoothness(images: ByteImages, rows: readonly number[]): number[] {
  const ragged = raggedness(selectImages(images, rows));
  return [...rows.keys()].sort((a, b) => ragged[a] - ragged[b]).map((i) => rows[i]);
}

async function takeFeatures(
  images: ByteImages,
  { networks: { classifier } }: ClearContext,
): Promise<Features> {
  const model = featureModel(classifier.model);
  const dimension = model.outputs[0].shape[1]!;
  return { values: await applyModel(model, images), count: images.count, dimension };
}

async function distancesBetween(images: ByteImages, context: ClearContext): Promise<Float64Array> {
  return pairDistances(await takeFeatures(images, context));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
