import { readSheet } from "../display/sheets.ts";
import { largestDifference } from "./largest_difference.ts";
import { type Run, RunError } from "../runs/run_folder.ts";
import { readEpochSheets, sampleSheet, writeTrainingPictures } from "./training_pictures.ts";
import { requireFinished } from "./weights_card.ts";

/**
 * Writes a run's losses and pictures of its training to the folder that contains the run's
 * published generator.
 *
 * @throws {RunError} when the run is not finished, has no sheets, or did not produce the weights in
 * the folder
 */
export async function publishTraining(run: Run, folder: string): Promise<void> {
  await requireFinished(run);
  const last = (await readEpochSheets(run)).at(-1)!;
  const published = await readSheet(await Deno.readFile(`${folder}/sheet.png`), sampleSheet);
  // The published weights may have half precision, which may change a byte by one.
  if (largestDifference(last, published) > 1) {
    throw new RunError(
      `Drawing the training of run '${run.name}': wanted the run that published the weights in ` +
        `${folder}, found that its last sheet shows other digits. Publish the run, without ` +
        "--training-only.",
    );
  }
  await writeTrainingPictures(run, folder);
}
