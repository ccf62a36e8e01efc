/** `deno task classifier`: trains the digit classifier on MNIST and tests it. */
import { EngineError } from "../engine/engine.ts";
import { trainClassifierRun, type ValidationMeasure } from "../runs/classifier_run.ts";
import { readScores } from "../runs/classifier_scores.ts";
import type { ClassifierMeasure } from "../training/classifier/classifier_step.ts";
import {
  classifierOptionsSchema,
  parseClassifierOptions,
  type TrainClassifierOptions,
} from "../training/classifier/options.ts";
import { runTrainingCommand } from "./training_command.ts";

if (import.meta.main) {
  await runTrainingCommand<
    TrainClassifierOptions,
    ClassifierMeasure,
    ValidationMeasure
  >({
    task: "classifier",
    description:
      "Trains a classifier of MNIST digits, judges it on the test images and keeps the run in data/runs/classifier/<name>/.",
    runs: "data/runs/classifier",
    schema: classifierOptionsSchema,
    parse: parseClassifierOptions,
    requireEngine: ({ name }) => {
      if (name !== "wasm") return;
      throw new EngineError(
        "Training the classifier needs native TensorFlow: the engine 'wasm' has no gradient of a convolution's kernel. " +
          "To install it: deno task engine",
      );
    },
    train: trainClassifierRun,
    describe: ({ loss, error }, afterEpoch) => [
      `loss ${loss.toFixed(4)}`,
      `wrong ${percent(error)}`,
      ...(afterEpoch ? [`on validation images ${percent(afterEpoch.validationError)}`] : []),
    ],
    done: ({ folder }) => describeScores(folder),
  }, Deno.args);
}

async function describeScores(folder: string): Promise<string> {
  const scores = await readScores(folder);
  if (!scores) return "Done.";
  const { test, temperature } = scores;
  const [before, after] = [test.uncalibrated, test.calibrated].map((
    { expectedCalibrationError },
  ) => percent(expectedCalibrationError));
  return `Done. It misreads ${test.wrong} of ${test.images.toLocaleString("en")} test images: ` +
    `${percent(test.error)}.\n` +
    `Calibration error ${before}; with temperature ${temperature.toFixed(3)}, ${after}.\n` +
    `See ${folder}/confusion.png, ${folder}/misread.png and ${folder}/errors.png`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
