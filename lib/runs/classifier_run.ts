import { writeAtomically } from "../system/atomic_write.ts";
import type { LabelledImages, Mnist } from "../dataset/mnist.ts";
import { holdBack, type Split } from "../dataset/split.ts";
import { renderChart } from "../display/charts.ts";
import { classifierChart } from "../display/classifier_chart.ts";
import { judgeAnswers } from "../evaluation/classifier/judge_answers.ts";
import { applyModel } from "../models/classify.ts";
import { saveModel } from "../models/save_model.ts";
import {
  type ClassifierMeasure,
  classifierMeasures,
} from "../training/classifier/classifier_step.ts";
import type { TrainClassifierOptions } from "../training/classifier/options.ts";
import { trainClassifierSteps } from "../training/classifier/train_classifier.ts";
import {
  classifierState,
  type ClassifierTrainee,
  createClassifier,
  disposeClassifier,
} from "../training/classifier/trainee.ts";
import type { Values } from "../training/progress.ts";
import { stepsPerEpoch, totalSteps } from "../training/run_length.ts";
import { calibrateAndJudge } from "./classifier_scores.ts";
import { saveJudgement } from "./judgement_pictures.ts";
import { ROW_STEPS } from "./loss_table.ts";
import {
  type RecordedTraining,
  recordRun,
  type RunReport,
  type TrainRunOptions,
} from "./record_run.ts";
import type { RunRecorder } from "./recorder.ts";
import type { Run } from "./run_folder.ts";

const validationMeasures = ["validationLoss", "validationError"] as const;
export type ValidationMeasure = (typeof validationMeasures)[number];

export type ClassifierRun = Run<TrainClassifierOptions>;

/** A report on the progress of a run that trains a classifier. */
export type ClassifierRunReport = RunReport<
  ClassifierMeasure,
  ValidationMeasure
>;

/**
 * Trains a classifier, or resumes the run if its folder has a checkpoint. The classifier is
 * calibrated on the validation images. The test images are used only at the end.
 *
 * @throws {DivergedError} when a loss is not finite; the last checkpoint is kept
 * @throws {RunError} when the run was started on a different engine
 */
export async function* trainClassifierRun(
  run: ClassifierRun,
  data: Pick<Mnist, "train" | "test">,
  options: TrainRunOptions,
): AsyncGenerator<ClassifierRunReport, void, void> {
  const split = holdBack(data.train, run.options.validationImages);
  const trainee = createClassifier(run.options, data.train.images);
  try {
    const training = trainingOf(
      run,
      trainee,
      { ...split, test: data.test },
      options.pictures ?? true,
    );
    yield* recordRun(training, options);
  } finally {
    disposeClassifier(trainee);
  }
}

interface Data extends Split {
  readonly test: LabelledImages;
}

function trainingOf(
  run: ClassifierRun,
  trainee: ClassifierTrainee,
  data: Data,
  pictures: boolean,
): RecordedTraining<ClassifierMeasure, ValidationMeasure> {
  const { name, folder, options } = run;
  const inEpoch = stepsPerEpoch(data.training.images, options);
  return {
    name,
    folder,
    measures: classifierMeasures,
    epochMeasures: validationMeasures,
    state: classifierState(trainee),
    checkpointEvery: options.checkpointEvery,
    steps: totalSteps(options, inEpoch),
    stepsPerEpoch: inEpoch,
    train: (firstStep) => trainClassifierSteps(trainee, data.training, options, firstStep),
    onEpoch: () => validate(trainee, data.validation),
    draw: async (recorder) => {
      if (pictures) await drawErrors(run, recorder);
    },
    save: () => save(run, trainee, data, pictures),
  };
}

async function validate(
  { model }: ClassifierTrainee,
  { images, labels }: LabelledImages,
): Promise<Values<ValidationMeasure>> {
  const logits = await applyModel(model, images);
  const { scores } = judgeAnswers(logits, labels, 1);
  return {
    validationLoss: scores.uncalibrated.negativeLogLikelihood,
    validationError: scores.error,
  };
}

async function drawErrors(
  { name, folder }: ClassifierRun,
  recorder: RunRecorder<ClassifierMeasure, ValidationMeasure>,
): Promise<void> {
  const training = recorder.rows("steps");
  const validation = recorder.rows("epoch").map((
    { step, validationError },
  ) => ({ step, error: validationError }));
  if (training.length === 0 && validation.length === 0) return;
  const spec = classifierChart(training, validation, {
    title: `Errors of classifier ${name}`,
    subtitle:
      `training: means of ${ROW_STEPS} steps, with dropout and augmentation; validation: after each epoch`,
  });
  await writeAtomically(`${folder}/errors.png`, await renderChart(spec));
}

async function save(
  { folder }: ClassifierRun,
  { model }: ClassifierTrainee,
  data: Data,
  pictures: boolean,
): Promise<void> {
  await saveModel(model, `${folder}/models/classifier`);
  const { scores, judgement } = await calibrateAndJudge(model, data);
  if (pictures) await saveJudgement(folder, judgement, data.test.images);
  await writeAtomically(
    `${folder}/accuracy.json`,
    JSON.stringify(scores, null, 2) + "\n",
  );
}
