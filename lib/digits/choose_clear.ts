/**
 * The clear pictures of a digit: the best of many, and different from each other.
 *
 * An image is chosen from where both classifiers are sure of it, its ink is neither faint nor fat,
 * the picture that is drawn of it has the digit's form and is still read, its edges are among the
 * least ragged, and it is no copy of a training image.
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
import { drawClearly, reduce } from "./ink.ts";
import { chooseVaried, pairDistances } from "./varied.ts";

/** What choosing needs besides the candidates. */
export interface ClearContext {
  readonly networks: DigitNetworks;
  readonly mnist: Pick<Mnist, "train" | "test">;
  /** Pictures of a digit. */
  readonly count: number;
  /** Height and width of a picture. */
  readonly side: number;
}

/** The choice, and how it came about. */
export interface ClearChoice {
  /** Rows of the candidates, the clearest first, then each as different as can be. */
  readonly rows: readonly number[];
  readonly account: ClearAccount;
}

/** How many images were left after each step, and how different the chosen ones are. */
export interface ClearAccount {
  readonly digit: number;
  readonly sure: number;
  /** Neither faint nor fat. */
  readonly inked: number;
  /** Drawn in the digit's form, and read by both classifiers. */
  readonly formed: number;
  /** The least ragged of these. */
  readonly smooth: number;
  /** Copies of training images among them, left out. */
  readonly copies: number;
  /** Near-duplicates have features that are less apart than this. */
  readonly apart: number;
  /** The mean distance of two chosen images in the classifier's features, and of two real ones. */
  readonly variety: number;
  readonly varietyOfReal: number;
}

/** The ink of real digits between these quantiles is neither faint nor fat. */
const INK = { least: 0.2, most: 0.7 };
/** Of the well-formed images, this share is smooth enough; the next one where it leaves too few. */
const SMOOTH = [0.35, 0.7, 1];
/** The second classifier's least probability, and that of both for the drawn picture. */
const SECOND = 0.99;
/** Two images are near-duplicates where this share of pairs of real ones is nearer. */
const DUPLICATES = 0.003;
/** Real images that pairs are formed of. */
const REAL = 100;

/**
 * Chooses the clear pictures of a digit.
 *
 * @param candidates images that the classifier is sure of
 * @throws {DigitsError} when fewer are left than wanted
 */
export async function chooseClear(
  candidates: GeneratedDigits,
  digit: number,
  context: ClearContext,
): Promise<ClearChoice> {
  const { networks: { classifier }, mnist, count } = context;
  const { first, second } = candidates.readings;
  const sure = [...first.keys()].filter((row) =>
    first[row].answer === digit && second[row].answer === digit &&
    second[row].confidence >= SECOND
  );
  const inked = keepInked(candidates.images, sure, imagesOf(mnist.test, digit));
  const formed = await keepFormed(candidates.images, inked, digit, context);
  const featuresOf = (some: ByteImages) => takeFeatures(featureModel(classifier.model), some);
  const real = pairDistances(await featuresOf(imagesOf(mnist.test, digit, REAL))).sort();
  const apart = real[Math.floor(DUPLICATES * real.length)];
  const ordered = orderBySmoothness(candidates.images, formed);
  const { distances, limit } = findDigitCopies(
    selectImages(candidates.images, ordered),
    digit,
    mnist,
  );
  for (const share of SMOOTH) {
    const smooth = ordered.slice(0, Math.ceil(share * ordered.length));
    const own = smooth.filter((_, i) => distances[i] >= limit);
    const features = await featuresOf(selectImages(candidates.images, own));
    const rows = chooseVaried(features, { count, apart }).map((i) => own[i]);
    if (rows.length < count) continue;
    const variety = pairDistances(await featuresOf(selectImages(candidates.images, rows)));
    const account = {
      digit,
      sure: sure.length,
      inked: inked.length,
      formed: formed.length,
      smooth: smooth.length,
      copies: smooth.length - own.length,
      apart,
      variety: mean(variety),
      varietyOfReal: mean(real),
    };
    return { rows, account };
  }
  throw new DigitsError(
    `Choosing clear pictures of ${digit}: wanted ${count} that differ among ${formed.length} well-formed ` +
      "images, found fewer. Another --seed brings others.",
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
    drawn.push(await reduce(ink, side));
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

/** The least ragged first. */
function orderBySmoothness(images: ByteImages, rows: readonly number[]): number[] {
  const ragged = raggedness(selectImages(images, rows));
  return [...rows.keys()].sort((a, b) => ragged[a] - ragged[b]).map((i) => rows[i]);
}

async function takeFeatures(
  model: Parameters<typeof applyModel>[0],
  images: ByteImages,
): Promise<Features> {
  const dimension = model.outputs[0].shape[1]!;
  return { values: await applyModel(model, images), count: images.count, dimension };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
