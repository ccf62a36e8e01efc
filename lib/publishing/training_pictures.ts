/**
 * Shows a training run as an animation, as a strip of a few epochs, and as a table of the losses.
 *
 * The pictures show how the images that are generated from the same latents change during the run.
 * Each column shows one digit. To choose the columns, the project's classifier reads the last
 * images of the run.
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

const STRIP_EPOCHS = [0, 1, 3, 10, 30];

/** Maximum number of images that the animation shows per digit. */
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
  for (const [epoch, sheet] of sheets.entries()) {
    const title = `epoch ${epoch} of ${sheets.length - 1}`;
    frames.push(await drawLabelledSheet(selectImages(sheet, followed), { columns, title }));
  }
  const epochs = STRIP_EPOCHS.filter((epoch) => epoch < sheets.length);
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
 * Reads the averaged generator's sheets in order. The first sheet was drawn before the first step,
 * and each later sheet at the end of an epoch.
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
