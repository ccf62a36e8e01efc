/**
 * Shows a training run as an animation, as a strip of a few epochs, and as a table of the losses.
 *
 * The pictures show how the images that are generated from the same latents change during the run.
 * Each column shows one digit. The project's classifier reads the images of the run's last epoch to
 * decide which image belongs in which column.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import { animate } from "../display/animation.ts";
import { drawLabelledSheet } from "../display/labelled_sheet.ts";
import { readSheet } from "../display/sheets.ts";
import { selectImages } from "../dataset/select_images.ts";
import { answersOf } from "../evaluation/classifier/calibration.ts";
import type { ByteImages } from "../images.ts";
import { loadClassifier } from "../models/classifier_weights.ts";
import { classify } from "../models/classify.ts";
import { type Run, RunError } from "../runs/run_folder.ts";
import { SHEET_IMAGES, sheetsOfKind } from "../runs/samples.ts";

/** Names of the files in the folder of the published weights. */
const trainingFiles = {
  animation: "training.webp",
  strip: "training-strip.png",
  losses: "training-losses.csv",
} as const;

/** Epochs that the strip shows, if the run has them. It also shows the last epoch. */
const STRIP_EPOCHS = [0, 1, 3, 10, 30];

/** The number of frames in the animation, if the run has at least that many epochs. */
const FRAMES = 31;

/**
 * The animation has a frame for every epoch from 0 to this number. After that epoch, the animation
 * of a long run skips epochs.
 */
const EVERY_EPOCH_TO = 10;

/** The maximum number of images per digit in the animation. */
const ROWS = 4;

/** Number of images on a run's sheet, and the height and width of an image in pixels. */
export const sampleSheet = { count: SHEET_IMAGES, height: 28, width: 28 };

/**
 * Writes the losses of a run, and pictures of what its averaged generator generated, to `folder`.
 *
 * @throws {RunError} when the run has no sheets of an averaged generator
 */
export async function writeTrainingPictures(run: Run, folder: string): Promise<void> {
  const sheets = await readEpochSheets(run);
  const byDigit = await sortByDigit(sheets.at(-1)!);
  const rows = Math.min(ROWS, ...byDigit.map(({ images }) => images.length));
  const columns = byDigit.map(({ digit }) => String(digit));
  const inRow = (row: number) => byDigit.map(({ images }) => images[row]);
  const followed = Array.from({ length: rows }, (_, row) => inRow(row)).flat();
  const frames: Uint8Array[] = [];
  const last = sheets.length - 1;
  for (const epoch of frameEpochs(last)) {
    const title = `epoch ${epoch} of ${last}`;
    frames.push(await drawLabelledSheet(selectImages(sheets[epoch], followed), { columns, title }));
  }
  const epochs = [...STRIP_EPOCHS.filter((epoch) => epoch < last), last];
  const strip = join(epochs.map((epoch) => selectImages(sheets[epoch], inRow(0))));
  const stripRows = epochs.map((epoch) => `epoch ${epoch}`);
  const animation = await animate(frames, { delayMs: 250, lastDelayMs: 3000 });
  const file = (name: keyof typeof trainingFiles) => `${folder}/${trainingFiles[name]}`;
  await writeAtomically(file("animation"), animation);
  await writeAtomically(
    file("strip"),
    await drawLabelledSheet(strip, { columns, rows: stripRows }),
  );
  await writeAtomically(file("losses"), await Deno.readTextFile(`${run.folder}/losses.csv`));
}

/**
 * Returns the epochs that the animation shows. Most of a run's visible progress happens in its
 * first epochs, so the animation shows all of those. After the first epochs of a long run, the
 * animation shows epochs at roughly equal intervals, up to the run's last epoch.
 *
 * @example A long run
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(frameEpochs(150).slice(9, 13), [9, 10, 17, 24]);
 * assertEquals(frameEpochs(150).at(-1), 150);
 * ```
 */
export function frameEpochs(last: number): number[] {
  if (last < FRAMES) return Array.from({ length: last + 1 }, (_, epoch) => epoch);
  const spaced = FRAMES - 1 - EVERY_EPOCH_TO;
  const stride = (last - EVERY_EPOCH_TO) / spaced;
  return [
    ...Array.from({ length: EVERY_EPOCH_TO + 1 }, (_, epoch) => epoch),
    ...Array.from({ length: spaced }, (_, i) => EVERY_EPOCH_TO + Math.round((i + 1) * stride)),
  ];
}

/**
 * Reads the sheets of the averaged generator: one from before the first step, then one per epoch.
 *
 * @throws {RunError} when there are no such sheets
 */
export async function readEpochSheets({ name, folder }: Run): Promise<ByteImages[]> {
  const pictures = await sheetsOfKind(`${folder}/samples`, "average");
  if (pictures.length === 0) {
    throw new RunError(
      `Drawing the training of run '${name}': wanted its sheets in ${folder}/samples/average, found none.`,
    );
  }
  return await Array.fromAsync(
    pictures,
    async (file) => await readSheet(await Deno.readFile(file), sampleSheet),
  );
}

/**
 * Returns, for each digit, the indices of the images that the classifier reads as this digit.
 * Leaves out digits that no image shows.
 */
async function sortByDigit(sheet: ByteImages) {
  const classifier = await loadClassifier();
  try {
    const answers = answersOf(await classify(classifier, sheet)).map(({ answer }) => answer);
    return Array.from({ length: 10 }, (_, digit) => ({
      digit,
      images: [...answers.keys()].filter((i) => answers[i] === digit),
    })).filter(({ images }) => images.length > 0);
  } finally {
    classifier.model.dispose();
  }
}

function join(parts: readonly ByteImages[]): ByteImages {
  const pixels = Uint8Array.from(parts.flatMap((part) => [...part.pixels]));
  return { ...parts[0], pixels, count: parts.reduce((sum, { count }) => sum + count, 0) };
}
