/**
 * Given several finished runs, publishes the averaged generator of the first run. The runs differ
 * only in their seeds. The scores of all runs are published too, because they show how much the
 * seed matters.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import { drawSheet } from "../display/sheets.ts";
import { loadModel, saveModel, type StoredPrecision } from "../models/save_model.ts";
import { loadWeights } from "../models/weights.ts";
import { deriveSeed } from "../random.ts";
import { sampleImages } from "../models/sample_images.ts";
import { type Run, RunError } from "../runs/run_folder.ts";
import { largestDifference } from "./largest_difference.ts";
import { gatherScores } from "./seed_scores.ts";
import { writeTrainingPictures } from "./training_pictures.ts";
import { requireFinished, writeCard } from "./weights_card.ts";

export interface PublishedGenerator {
  readonly precision: StoredPrecision;
  /** Largest change that half precision makes to any byte of the sheet of generated images. */
  readonly largestDifference: number;
}

/**
 * Writes the generator to `folder`, with its card, a sheet of its images, pictures of its training,
 * and the scores of all runs. The weights are stored in half precision if this changes no byte of
 * the sheet by more than one.
 *
 * @param command the command that reproduces these weights
 * @throws {RunError} when a run is not finished, when the first run has no averaged generator or no
 * sheets, or when {@linkcode gatherScores} throws
 */
export async function publishGenerators(
  runs: readonly Run[],
  folder: string,
  command: string,
): Promise<PublishedGenerator> {
  const [run] = runs;
  const [{ engine }] = await Promise.all(runs.map(requireFinished));
  if (run.options.averageDecay === 0) {
    throw new RunError(
      `Publishing run '${run.name}': wanted an averaged generator, found that the run keeps none.`,
    );
  }
  const scores = await gatherScores(runs);
  const original = await loadModel(`${run.folder}/models/average`);
  const sheet = (model: typeof original) =>
    sampleImages(model, {
      count: 64,
      seed: deriveSeed(run.options.seed, "samples"),
    });
  const wanted = await sheet(original);
  await saveModel(original, folder, "float16");
  const halved = await loadModel(folder);
  const change = largestDifference(wanted, await sheet(halved));
  halved.dispose();
  const precision = change <= 1 ? "float16" : "float32";
  if (precision === "float32") await saveModel(original, folder, precision);
  original.dispose();
  const { seed } = run.options;
  const config = { ...run.options };
  await writeCard(folder, {
    command,
    seed,
    config,
    engine: { ...engine },
    precision,
  });
  await writeAtomically(
    `${folder}/seed_scores.json`,
    JSON.stringify(scores, null, 2) + "\n",
  );
  const { model } = await loadWeights(folder);
  await writeAtomically(
    `${folder}/sheet.png`,
    await drawSheet(await sheet(model)),
  );
  model.dispose();
  await writeTrainingPictures(run, folder);
  return { precision, largestDifference: change };
}
