import type * as tf from "@tensorflow/tfjs";
import type { LabelledImages } from "../dataset/mnist.ts";
import { fitTemperature } from "../evaluation/classifier/calibration.ts";
import {
  type ClassifierScores,
  judgeAnswers,
  type Judgement,
} from "../evaluation/classifier/judge_answers.ts";
import { applyModel } from "../models/classify.ts";
import { readRecord } from "./read_record.ts";

/** The content of a run's accuracy.json. */
export interface RunScores {
  /** Temperature that was fitted on the validation images. */
  readonly temperature: number;
  readonly validation: ClassifierScores;
  readonly test: ClassifierScores;
}

/**
 * Fits the temperature of a classifier on the validation images, and then evaluates the classifier
 * once on the test images.
 *
 * @returns the scores, and the judgement of the test images
 */
export async function calibrateAndJudge(
  model: tf.LayersModel,
  { validation, test }: {
    readonly validation: LabelledImages;
    readonly test: LabelledImages;
  },
): Promise<{ scores: RunScores; judgement: Judgement }> {
  const held = await applyModel(model, validation.images);
  const temperature = fitTemperature(held, validation.labels);
  const logits = await applyModel(model, test.images);
  const judgement = judgeAnswers(logits, test.labels, temperature);
  const scores: RunScores = {
    temperature,
    validation: judgeAnswers(held, validation.labels, temperature).scores,
    test: judgement.scores,
  };
  return { scores, judgement };
}

/** Returns the scores of a run, or undefined if the run has not finished. */
export async function readScores(
  folder: string,
): Promise<RunScores | undefined> {
  return await readRecord(
    `${folder}/accuracy.json`,
    (json) => json as RunScores,
    "Remove it and summary.json; --resume then writes both again.",
  );
}
