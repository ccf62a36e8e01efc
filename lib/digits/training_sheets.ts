/**
 * Shows the progress of a training run in one small picture for the page. After each epoch, a
 * training run draws a sheet of digits, always from the same latents. The picture shows the sheets
 * of several epochs, one below the other.
 */
import { z } from "zod";
import sharp from "sharp";
import { drawSheet, readSheet } from "../display/sheets.ts";
import { writeAtomically } from "../system/atomic_write.ts";
import { digitsFolder, readDigitFile } from "./digit_files.ts";

/** Describes the picture. */
export interface TrainingSheets {
  readonly seed: number;
  /**
   * The epochs after which the sheets were drawn, from top to bottom. The number 0 means that the
   * sheet was drawn before training.
   */
  readonly epochs: readonly number[];
  /** The width of each sheet in the picture, in pixels. */
  readonly width: number;
  /** The height of each sheet in the picture, in pixels. */
  readonly height: number;
}

export const TRAINING_PICTURE = "training.webp";
export const TRAINING_FILE = "training.json";

const SHEET_DIGITS = 64;

/**
 * How many columns and rows of digits are shown from each sheet. If whole sheets were
 * shown, then the file would be too large.
 */
const [COLUMNS, ROWS] = [8, 6];
const SIDE = 28;

/**
 * The epochs to show. Early epochs are closer together, because most of the change happens in the
 * first epochs. In a long run, the digits still change in later epochs.
 */
const EPOCHS: readonly number[] = [0, 1, 2, 4, 8, 12, 20, 30, 60, 100];

/**
 * Quality setting for WebP, from 0 to 100. Noise takes up a lot of space if it is stored
 * losslessly. In a noisy picture, the loss of detail caused by compression is not visible.
 */
const QUALITY = 45;

const schema = z.object({
  seed: z.int().min(0),
  epochs: z.array(z.int().min(0)).min(2).max(50),
  width: z.int().min(1),
  height: z.int().min(1),
});

/**
 * Returns the epochs to show for a run. These are the epochs in a fixed list that are earlier than
 * the run's last epoch, followed by the last epoch itself.
 */
export function shownEpochs(last: number): readonly number[] {
  return [...EPOCHS.filter((epoch) => epoch < last), last];
}

/**
 * Draws the picture.
 *
 * @param sheets PNG files with 64 digits each, one file for each epoch in `epochs`
 */
export async function drawTrainingSheets(
  sheets: readonly Uint8Array[],
  { seed, epochs }: Pick<TrainingSheets, "seed" | "epochs">,
): Promise<{ readonly card: TrainingSheets; readonly picture: Uint8Array }> {
  const count = COLUMNS * ROWS;
  const size = { height: SIDE, width: SIDE };
  const whole = { count: SHEET_DIGITS, ...size };
  const all = await Promise.all(sheets.map((sheet) => readSheet(sheet, whole)));
  const first = all.map(({ pixels }) => pixels.subarray(0, count * SIDE * SIDE));
  const pixels = new Uint8Array(first.flatMap((shown) => [...shown]));
  const images = { pixels, count: count * sheets.length, ...size, range: "0..255" } as const;
  const drawn = await drawSheet(images, { columns: COLUMNS, scale: 1, gap: 0 });
  const picture = await sharp(drawn).webp({ quality: QUALITY, effort: 6 }).toBuffer();
  const card = { seed, epochs, width: COLUMNS * SIDE, height: ROWS * SIDE };
  return { card, picture: new Uint8Array(picture) };
}

/** Writes the picture and its description. */
export async function writeTrainingSheets(
  folder: string,
  { card, picture }: Awaited<ReturnType<typeof drawTrainingSheets>>,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(`${folder}/${TRAINING_PICTURE}`, picture);
  await writeAtomically(`${folder}/${TRAINING_FILE}`, JSON.stringify(card) + "\n");
}

/**
 * Reads the description of the picture.
 *
 * @throws {DigitsError} if the description is missing or broken
 */
export async function readTrainingSheets(folder: string = digitsFolder()): Promise<TrainingSheets> {
  return await readDigitFile(`${folder}/${TRAINING_FILE}`, schema, {
    wanted: "the description of a run's sheets",
    command: "deno task digits training RUN",
  });
}
