/** Finds the generated images that the classifier is confident about. */
import { selectImages } from "../dataset/select_images.ts";
import type { ByteImages } from "../images.ts";
import { DigitsError } from "./digits_error.ts";
import { type DigitNetworks, type GeneratedDigits, generateDigits } from "./generated_digits.ts";
import { sureFrom } from "./threshold.ts";

export interface SureDigits {
  /** The lowest probability at which an answer of the classifier counts as confident. */
  readonly threshold: number;
  /** The total number of generated images. */
  readonly generated: number;
  /**
   * The images that the classifier reads with confidence as a digit from 1 to 9, in the order of
   * their latents.
   */
  readonly sure: GeneratedDigits;
  /** All images of the first batch, including images that are not read with confidence. */
  readonly first: GeneratedDigits;
}

export interface SureOptions {
  readonly seed: number;
  readonly wanted: number;
  /**
   * The expected fraction of misread images must not be larger than this; see {@linkcode sureFrom}.
   */
  readonly errors: number;
  readonly onProgress?: (found: number, generated: number) => void;
}

/** Number of images in a batch. The threshold is computed from the first batch. */
const PART = 4000;

/**
 * The maximum number of images that are generated for each image that is wanted. A generator that
 * needs more images than this is not making recognizable digits.
 */
const MOST_FOR_EACH = 20;

/**
 * Generates images until the classifier is confident about `wanted` of them.
 *
 * @throws {DigitsError} if the classifier is confident about too few of the images
 */
export async function findSureDigits(
  networks: DigitNetworks,
  { seed, wanted, errors, onProgress }: SureOptions,
): Promise<SureDigits> {
  const draw = (from: number) => generateDigits(networks, { seed, from, count: PART });
  const first = await draw(0);
  const threshold = sureFrom(first.readings.first, errors);
  const parts: GeneratedDigits[] = [];
  let [found, generated] = [0, 0];
  while (found < wanted) {
    if (threshold === Infinity || generated >= MOST_FOR_EACH * (wanted + PART)) {
      throw unclear({ wanted, found, generated });
    }
    const part = keepSure(generated === 0 ? first : await draw(generated), threshold);
    parts.push(part);
    generated += PART;
    found += part.images.count;
    onProgress?.(found, generated);
  }
  const all = joinDigits(parts);
  const rows = Array.from({ length: wanted }, (_, row) => row);
  return { threshold, generated, sure: selectDigits(all, rows), first };
}

function unclear(
  { wanted, found, generated }: Readonly<Record<"wanted" | "found" | "generated", number>>,
): DigitsError {
  return new DigitsError(
    `Choosing digits: wanted ${wanted} images that the classifier is sure of, found ${found} among ` +
      `${Math.max(generated, PART)}. Has the generator been trained?`,
  );
}

function keepSure(digits: GeneratedDigits, threshold: number): GeneratedDigits {
  const rows = digits.readings.first.flatMap(({ answer, confidence }, row) =>
    answer > 0 && confidence >= threshold ? [row] : []
  );
  return selectDigits(digits, rows);
}

/** Selects the images in the given rows, together with their latents and readings. */
export function selectDigits(
  { images, latents, readings: { first, second } }: GeneratedDigits,
  rows: readonly number[],
): GeneratedDigits {
  return {
    images: selectImages(images, rows),
    latents: rows.map((row) => latents[row]),
    readings: { first: rows.map((row) => first[row]), second: rows.map((row) => second[row]) },
  };
}

function joinDigits(parts: readonly GeneratedDigits[]): GeneratedDigits {
  return {
    images: joinImages(parts.map(({ images }) => images)),
    latents: parts.flatMap(({ latents }) => latents),
    readings: {
      first: parts.flatMap(({ readings }) => readings.first),
      second: parts.flatMap(({ readings }) => readings.second),
    },
  };
}

function joinImages(parts: readonly ByteImages[]): ByteImages {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const [{ height, width, range }] = parts;
  const pixels = new Uint8Array(count * height * width);
  let at = 0;
  for (const part of parts) {
    pixels.set(part.pixels, at);
    at += part.pixels.length;
  }
  return { pixels, count, height, width, range };
}
