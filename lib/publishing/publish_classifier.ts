/**
 * Given several finished runs, publishes the classifier of the first run. The runs differ only in
 * their seeds. The scores of all runs are published too, because they show how much the seed
 * matters.
 *
 * The weights are stored in half precision if this changes no prediction on the validation images.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import type { Mnist } from "../dataset/mnist.ts";
import { holdBack } from "../dataset/split.ts";
import { answersOf } from "../evaluation/classifier/calibration.ts";
import type { ClassifierScores } from "../evaluation/classifier/judge_answers.ts";
import type { Engine } from "../engine/engine.ts";
import { applyModel, softmax } from "../models/classify.ts";
import { loadModel, saveModel, type StoredPrecision } from "../models/save_model.ts";
import type { ByteImages } from "../images.ts";
import type { ClassifierRun } from "../runs/classifier_run.ts";
import { calibrateAndJudge, readScores, type RunScores } from "../runs/classifier_scores.ts";
import { saveJudgement } from "../runs/judgement_pictures.ts";
import { RunError } from "../runs/run_folder.ts";
import { requireFinished, writeCard } from "./weights_card.ts";

/**
 * The content of seed_accuracy.json. The fields `temperature`, `validation` and `test` belong to
 * the published weights.
 */
export interface PublishedScores extends RunScores {
  /** Seed of the run whose weights are published. */
  readonly seed: number;
  /** Scores of every run, measured with full-precision weights. */
  readonly runs: readonly {
    readonly seed: number;
    readonly validation: ClassifierScores;
    readonly test: ClassifierScores;
  }[];
  /** Mean error rate of all runs on the test images, from 0 to 1. */
  readonly meanTestError: number;
}

export interface PublishedClassifier {
  readonly name: string;
  readonly precision: StoredPrecision;
  readonly scores: PublishedScores;
}

export interface PublishOptions {
  readonly folder: string;
  readonly command: string;
  /** Whether to draw the confusion matrix and the misread digits; default true. */
  readonly pictures?: boolean;
}

/**
 * Writes the first run's classifier with its card, the scores of all runs, and pictures of the
 * classifier's mistakes.
 *
 * @throws {RunError} when a run is not finished, or when the runs differ in more than their seeds
 */
export async function publishClassifier(
  runs: readonly ClassifierRun[],
  data: Pick<Mnist, "train" | "test">,
  { folder, command, pictures = true }: PublishOptions,
): Promise<PublishedClassifier> {
  const candidates = await readCandidates(runs);
  const [{ run, engine }] = candidates;
  const { validation } = holdBack(data.train, run.options.validationImages);
  const precision = await saveCompactly(run, folder, validation.images);
  const model = await loadModel(folder);
  const { scores: found, judgement } = await calibrateAndJudge(model, {
    validation,
    test: data.test,
  });
  model.dispose();
  const { seed } = run.options;
  const scores = { seed, ...found, ...compare(candidates) };
  const config = { ...run.options };
  const card = { command, seed, config, engine: { ...engine }, precision };
  const { temperature } = found;
  await writeCard(folder, { ...card, temperature });
  await writeAtomically(
    `${folder}/seed_accuracy.json`,
    JSON.stringify(scores, null, 2) + "\n",
  );
  if (pictures) await saveJudgement(folder, judgement, data.test.images);
  return { name: run.name, precision, scores };
}

interface Candidate {
  readonly run: ClassifierRun;
  readonly engine: Engine;
  readonly scores: RunScores;
}

async function readCandidates(
  runs: readonly ClassifierRun[],
): Promise<Candidate[]> {
  const [first] = runs;
  return await Promise.all(runs.map(async (run) => {
    const { engine } = await requireFinished(run);
    const scores = await readScores(run.folder);
    if (!scores) {
      throw new RunError(
        `Publishing run '${run.name}': wanted ${run.folder}/accuracy.json, found none.`,
      );
    }
    const alike = { ...run.options, seed: first.options.seed };
    if (JSON.stringify(alike) !== JSON.stringify(first.options)) {
      throw new RunError(
        `Publishing '${run.name}' with '${first.name}': wanted runs that differ only in their seeds, found other ` +
          "differences in their config.json.",
      );
    }
    return { run, engine, scores };
  }));
}

function compare(
  candidates: readonly Candidate[],
): Pick<PublishedScores, "runs" | "meanTestError"> {
  const runs = candidates.map((
    { run: { options: { seed } }, scores: { validation, test } },
  ) => ({ seed, validation, test }));
  const total = runs.reduce((sum, { test }) => sum + test.error, 0);
  return { runs, meanTestError: total / runs.length };
}

/**
 * Saves a model in half precision if this changes no prediction on `images`, and otherwise in full
 * precision. Returns the precision.
 */
async function saveCompactly(
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

/** Returns the predicted digits of all images, joined into one string. */
async function answers(
  model: Parameters<typeof applyModel>[0],
  images: ByteImages,
): Promise<string> {
  const logits = await applyModel(model, images);
  return answersOf(softmax(logits)).map(({ answer }) => answer).join("");
}
