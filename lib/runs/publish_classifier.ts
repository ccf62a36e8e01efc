/**
 * From finished runs of the classifier, the same but for their seeds, to weights that are committed: those of the run
 * that did best on the validation images, in half precision if that changes no answer there. The test images are looked
 * at once, after all is chosen.
 */
import { writeAtomically } from "../atomic_write.ts";
import type { Mnist } from "../dataset/mnist.ts";
import { holdBack } from "../dataset/split.ts";
import {
  answersOf,
  fitTemperature,
} from "../evaluation/classifier/calibration.ts";
import {
  type ClassifierScores,
  judgeAnswers,
} from "../evaluation/classifier/judge_answers.ts";
import { applyModel, softmax } from "../models/classify.ts";
import {
  loadModel,
  saveModel,
  type StoredPrecision,
} from "../models/save_model.ts";
import type { ByteImages } from "../images.ts";
import {
  type ClassifierRun,
  readScores,
  type RunScores,
} from "./classifier_run.ts";
import { saveJudgement } from "./judgement_pictures.ts";
import { RunError } from "./run_folder.ts";
import { requireFinished, writeCard } from "./weights_card.ts";

/** scores.json beside the committed classifier. */
export interface PublishedScores extends RunScores {
  /** The weights as they are committed. */
  readonly seed: number;
  /** Every run that was to choose from, with its weights in full precision. */
  readonly runs: readonly {
    readonly seed: number;
    readonly validation: ClassifierScores;
    readonly test: ClassifierScores;
  }[];
  /** Mean of the runs' shares of wrong answers on the test images. */
  readonly meanTestError: number;
}

export interface PublishedClassifier {
  readonly name: string;
  readonly precision: StoredPrecision;
  readonly scores: PublishedScores;
}

/**
 * Writes the best of the runs to `folder`, with card, scores and pictures.
 *
 * @param command the command that makes these weights again
 * @throws {RunError} when a run has not been finished, or runs differ in more than their seeds
 */
export async function publishClassifier(
  runs: readonly ClassifierRun[],
  data: Pick<Mnist, "train" | "test">,
  folder: string,
  command: string,
): Promise<PublishedClassifier> {
  const candidates = await readCandidates(runs);
  const { run, engine } = candidates.reduce((best, one) =>
    isBetter(one.scores.validation, best.scores.validation) ? one : best
  );
  const { validation } = holdBack(data.train, run.options.validationImages);
  const precision = await saveChosen(run, folder, validation.images);
  const model = await loadModel(folder);
  try {
    const held = await applyModel(model, validation.images);
    const temperature = fitTemperature(held, validation.labels);
    const judgement = judgeAnswers(
      await applyModel(model, data.test.images),
      data.test.labels,
      temperature,
    );
    const { seed } = run.options;
    const scores: PublishedScores = {
      seed,
      temperature,
      validation: judgeAnswers(held, validation.labels, temperature).scores,
      test: judgement.scores,
      runs: candidates.map(({ run: { options }, scores }) => ({
        seed: options.seed,
        validation: scores.validation,
        test: scores.test,
      })),
      meanTestError: candidates.reduce(
        (sum, { scores }) => sum + scores.test.error / candidates.length,
        0,
      ),
    };
    const config = { ...run.options };
    const card = { command, seed, config, engine: { ...engine }, precision };
    await writeCard(folder, { ...card, temperature });
    await writeAtomically(
      `${folder}/scores.json`,
      JSON.stringify(scores, null, 2) + "\n",
    );
    await saveJudgement(folder, judgement, data.test.images);
    return { name: run.name, precision, scores };
  } finally {
    model.dispose();
  }
}

async function readCandidates(runs: readonly ClassifierRun[]) {
  const [first] = runs;
  return await Promise.all(runs.map(async (run) => {
    const { engine } = await requireFinished(run);
    const scores = await readScores(run.folder);
    if (!scores) {
      throw new RunError(
        `Publishing run '${run.name}': wanted ${run.folder}/scores.json, found none.`,
      );
    }
    const alike = { ...run.options, seed: first.options.seed };
    if (JSON.stringify(alike) !== JSON.stringify(first.options)) {
      throw new RunError(
        `Publishing '${run.name}' with '${first.name}': wanted runs that differ in their seeds only, found other ` +
          "differences in their config.json.",
      );
    }
    return { run, engine, scores };
  }));
}

/** Fewer wrong answers, or as many with a higher likelihood. */
function isBetter(one: ClassifierScores, other: ClassifierScores): boolean {
  if (one.wrong !== other.wrong) return one.wrong < other.wrong;
  return one.calibrated.negativeLogLikelihood <
    other.calibrated.negativeLogLikelihood;
}

/** Saves a run's model to `folder` in half precision, or in full precision where that would change an answer. */
async function saveChosen(
  run: ClassifierRun,
  folder: string,
  images: ByteImages,
): Promise<StoredPrecision> {
  const original = await loadModel(`${run.folder}/models/classifier`);
  try {
    const wanted = await answers(original, images);
    await saveModel(original, folder, "float16");
    const halved = await loadModel(folder);
    const found = await answers(halved, images);
    halved.dispose();
    if (wanted === found) return "float16";
    await saveModel(original, folder, "float32");
    return "float32";
  } finally {
    original.dispose();
  }
}

/** The answers as one string of digits. */
async function answers(
  model: Parameters<typeof applyModel>[0],
  images: ByteImages,
): Promise<string> {
  const logits = await applyModel(model, images);
  return answersOf(softmax(logits)).map(({ answer }) => answer).join("");
}
