/** `deno task train`: trains a GAN on MNIST. */
import { trainRun } from "../runs/train_run.ts";
import {
  parseTrainOptions,
  type TrainOptions,
  trainOptionsSchema,
} from "../training/gan/options.ts";
import type { StepValues } from "../training/gan/gan_step.ts";
import { runTrainingCommand } from "./training_command.ts";

if (import.meta.main) {
  await runTrainingCommand<TrainOptions, keyof StepValues, never>({
    task: "train",
    description: "Trains a GAN on MNIST and keeps the run in data/runs/gan/<name>/.",
    runs: "data/runs/gan",
    parallelism: "across-operations",
    schema: trainOptionsSchema,
    parse: parseTrainOptions,
    train: (run, { train }, options) => trainRun(run, train.images, options),
    describe: ({ discriminatorLoss, generatorLoss, realScore, fakeScore }) => [
      `D ${discriminatorLoss.toFixed(3)} G ${generatorLoss.toFixed(3)}`,
      `real ${realScore.toFixed(2)} generated ${fakeScore.toFixed(2)}`,
    ],
    done: ({ folder }) =>
      Promise.resolve(
        `Done. See ${folder}/samples.webp and ${folder}/losses.png`,
      ),
  }, Deno.args);
}
