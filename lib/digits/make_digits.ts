/** Makes the sheet of digits from the committed weights, MNIST and a seed. */
import type { Mnist } from "../dataset/mnist.ts";
import type { DigitReader } from "../evaluation/classifier/lenet_reader.ts";
import { chooseClear, type ClearAccount } from "./choose_clear.ts";
import {
  type DigitIndex,
  type DigitKind,
  type DigitPicture,
  type DigitTheme,
  digitThemes,
} from "./digit_index.ts";
import { DigitsError } from "./digits_error.ts";
import type { DigitNetworks, GeneratedDigits } from "./generated_digits.ts";
import { drawClearly, enlarge } from "./ink.ts";
import { countMisread, type MisreadCounts } from "./misread.ts";
import { encodeSheet } from "./sheet.ts";
import { findSureDigits, selectDigits } from "./sure_digits.ts";

export interface MakeOptions {
  readonly seed: number;
  /** The SHA-256 of each network's weights. */
  readonly weights: DigitIndex["weights"];
  readonly mnist: Pick<Mnist, "train" | "test">;
  /** LeNet as a third reader. Its answers are used only to check the quality of the pictures. */
  readonly lenet?: DigitReader | undefined;
  readonly onProgress?: (message: string) => void;
}

export interface MadeDigits {
  readonly index: DigitIndex;
  readonly sheets: Readonly<Record<DigitTheme, Uint8Array>>;
  readonly check: DigitCheck;
}

/** The report on the quality of the pictures, which is stored in data/digits/check.json. */
export interface DigitCheck extends MisreadCounts {
  /**
   * The number of images that had to be generated before the classifier had read enough of them
   * with confidence.
   */
  readonly generated: number;
  readonly clear: readonly ClearAccount[];
}

const SHOWN = 10_000;
/**
 * The expected fraction of misread images must not be larger than this. A fraction of .1 % would be
 * acceptable. The value here is 100 times smaller, which leaves a safe margin, because the
 * classifier was not calibrated on generated images.
 */
const ERRORS = 1e-5;
/**
 * Side length of a picture, in pixels. A cell of the board has this size on a phone with two device
 * pixels per CSS pixel.
 */
const SIDE = 56;
/**
 * Number of pictures of each digit. A board needs nine pictures of a digit, one for each row. If
 * there are more pictures, then different boards can have different pictures.
 */
const PICTURES: Readonly<Record<DigitKind, number>> = { clear: 24, raw: 9 };
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Generates, chooses and draws the pictures. A TensorFlow engine must be started before this
 * function is called.
 */
export async function makeDigits(
  networks: DigitNetworks,
  options: MakeOptions,
): Promise<MadeDigits> {
  const { seed, mnist, onProgress, lenet } = options;
  const found = await findSureDigits(networks, {
    seed,
    wanted: SHOWN,
    errors: ERRORS,
    onProgress: (sure, generated) =>
      onProgress?.(`the classifier is sure of ${sure} of ${generated} images`),
  });
  const context = { networks, mnist, count: PICTURES.clear, side: SIDE };
  const choices = [];
  for (const digit of digits) {
    choices.push(await chooseClear(found.sure, digit, context));
    onProgress?.(`${PICTURES.clear} clear pictures of ${digit}`);
  }
  const clear = selectDigits(found.sure, choices.flatMap(({ rows }) => rows));
  const raw = selectDigits(found.first, digits.flatMap((digit) => chooseRaw(found.first, digit)));
  const pictures = [...describe(clear, "clear"), ...describe(raw, "raw")];
  const index = describeSheet(networks, { ...options, threshold: found.threshold, pictures });
  const inks = [...await drawAll(clear, drawClearly), ...await drawAll(raw, enlarge)];
  const sheets = await Promise.all(digitThemes.map((theme) => encodeSheet(index, inks, theme)));
  const check = {
    generated: found.generated,
    ...await countMisread(found.sure, lenet),
    clear: choices.map(({ account }) => account),
  };
  return { index, sheets: { light: sheets[0], dark: sheets[1] }, check };
}

/**
 * Returns the row numbers of the first images that the classifier reads as the digit, regardless of
 * its confidence.
 */
function chooseRaw({ readings }: GeneratedDigits, digit: number): number[] {
  const rows = readings.first.flatMap(({ answer }, row) => answer === digit ? [row] : []);
  if (rows.length < PICTURES.raw) {
    throw new DigitsError(
      `Choosing raw pictures of ${digit}: wanted ${PICTURES.raw}, found ${rows.length} among ` +
        `${readings.first.length} images.`,
    );
  }
  return rows.slice(0, PICTURES.raw);
}

function describe({ latents, readings }: GeneratedDigits, kind: DigitKind): DigitPicture[] {
  return readings.first.map(({ answer, confidence }, row) => ({
    digit: answer,
    kind,
    latent: latents[row],
    probability: Number(confidence.toFixed(6)),
  }));
}

function describeSheet(
  { generator }: DigitNetworks,
  { seed, weights, threshold, pictures }: Pick<MakeOptions, "seed" | "weights"> & {
    readonly threshold: number;
    readonly pictures: readonly DigitPicture[];
  },
): DigitIndex {
  return {
    version: 1,
    seed,
    latentSize: generator.inputs[0].shape[1]!,
    threshold: Number(threshold.toFixed(6)),
    side: SIDE,
    columns: PICTURES.clear,
    sheets: { light: "digits-light.webp", dark: "digits-dark.webp" },
    weights,
    pictures,
  };
}

async function drawAll(
  { images: { pixels, count, height, width } }: GeneratedDigits,
  draw: (pixels: Uint8Array, side: number) => Promise<Uint8Array>,
): Promise<Uint8Array[]> {
  const size = height * width;
  const inks: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    inks.push(await draw(pixels.subarray(i * size, (i + 1) * size), SIDE));
  }
  return inks;
}
