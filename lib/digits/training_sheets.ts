/**
 * Shows how digits develop during a training run, in one small picture for the page. It contains a
 * sheet for each of several epochs, one below the other. All sheets are generated from the same
 * latents.
 */
import { z } from "zod";
import sharp from "sharp";
import { drawSheet, readSheet } from "../display/sheets.ts";
import { writeAtomically } from "../system/atomic_write.ts";
import { digitsFolder, readDigitFile } from "./digit_files.ts";

/** Describes the picture. */
export interface TrainingSheets {
  /** The seed of the run. */
  readonly seed: number;
  /** The epochs after which the sheets were drawn, from top to bottom; 0 is before training. */
  readonly epochs: readonly number[];
  /** The size of each sheet in pixels. */
  readonly width: number;
  readonly height: number;
}

export const TRAINING_PICTURE = "training.webp";
export const TRAINING_FILE = "training.json";

/** The number of digits on a sheet of a run. */
const SHEET_DIGITS = 64;

/**
 * The numbers of columns and rows that are shown of each sheet. The rest of the sheet is left out,
 * so that the file stays small.
 */
const [COLUMNS, ROWS] = [8, 6];
const SIDE = 28;

/** The epochs to show. Most of the change happens in the first epochs. */
const EPOCHS: readonly number[] = [0, 1, 2, 4, 8, 12, 20, 30];

/**
 * The quality of the lossy compression. Noise takes up much space in a lossless file, and losses
 * are not visible in noise.
 */
const QUALITY = 45;

const schema = z.object({
  seed: z.int().min(0),
  epochs: z.array(z.int().min(0)).min(2).max(50),
  width: z.int().min(1),
  height: z.int().min(1),
});

/**
 * Returns the epochs of a run that are shown: those on a fixed list that precede its last epoch,
 * and the last epoch.
 */
export function shownEpochs(last: number): readonly number[] {
  return [...EPOCHS.filter((epoch) => epoch < last), last];
}

/**
 * Draws the picture.
 *
 * @param sheets the run's sheets, one for each epoch in `epochs`, as PNG files with 64 digits each
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
 * @throws {DigitsError} when it is missing or broken
 */
export async function readTrainingSheets(folder: string = digitsFolder()): Promise<TrainingSheets> {
  return await readDigitFile(`${folder}/${TRAINING_FILE}`, schema, {
    wanted: "the description of a run's sheets",
    command: "deno task digits training RUN",
  });
}
