/**
 * Chooses the clear pictures of a digit. A picture must be read with confidence by both
 * classifiers, have the usual amount of ink, the form of the digit and smooth edges. No picture may
 * be a copy of a training image. All pictures of a digit differ.
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

/** The input of {@linkcode chooseClear} apart from the candidates. */
export interface ClearContext {
  readonly networks: DigitNetworks;
  readonly mnist: Pick<Mnist, "train" | "test">;
  readonly count: number;
  /** Height and width of a picture, in pixels. */
  readonly side: number;
}

/** The chosen images, with a report on the choice. */
export interface ClearChoice {
  /**
   * Rows of the candidates. The smoothest image comes first. Each further image is the most
   * different from all earlier images.
   */
  readonly rows: readonly number[];
  readonly account: ClearAccount;
}

/** The number of images left after each step, and the variety of the chosen images. */
export interface ClearAccount {
  readonly digit: number;
  readonly sure: number;
  /** Images with the usual amount of ink. */
  readonly inked: number;
  /** Images that look like the digit and are read as the digit. */
  readonly formed: number;
  /** The smoothest of the well-formed images. */
  readonly smooth: number;
  /** Smooth images dropped as copies of training images. */
  readonly copies: number;
  /** The smallest allowed distance between the features of two chosen images. */
  readonly apart: number;
  /** Mean distance between the features of two chosen images, and of two real images. */
  readonly variety: number;
  readonly varietyOfReal: number;
}

/** The allowed amount of ink, as quantiles over real images of the digit. */
const INK = { least: 0.2, most: 0.7 };
/** The fraction of the images kept as smooth. A larger fraction is tried if too few are left. */
const SMOOTH = [0.35, 0.7, 1];
/** The lowest accepted confidence of the second classifier, and of both for the drawn picture. */
const SECOND = 0.99;
/** The smallest distance, as a quantile of the distances between real images. */
const DUPLICATES = 0.003;
const REAL = 100;

/**
 * Chooses the clear pictures of a digit.
 *
 * @param candidates images that the classifier is confident about
 * @throws {DigitsError} if too few candidates qualify
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
