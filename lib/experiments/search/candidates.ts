/**
 * Generates the candidates of a search for the best dense GAN. All candidates have the student
 * report's losses and kinds of layers. They differ in sizes, learning rates, dropout, label
 * smoothing, batch statistics and weight averaging.
 */
import { type RandomStream, randomStream } from "../../random.ts";
import type { TrainOptions } from "../../training/gan/options.ts";
import { type Experiment, experiment } from "../experiment.ts";

/** The values that each option can take. Each list contains the value used in the report. */
const choices = {
  generatorLayers: [
    [128, 256, 512, 1024],
    [256, 512, 1024],
    [512, 1024],
    [256, 512, 1024, 1024],
  ],
  discriminatorLayers: [
    [128, 256, 512, 1024],
    [512, 256, 128],
    [512, 512, 256],
    [768, 384, 192],
    [1024, 512, 256],
  ],
  latentSize: [32, 64, 100],
  batchSize: [64, 128, 256],
  generatorLearningRate: [1e-4, 2e-4, 4e-4],
  discriminatorLearningRate: [1e-4, 2e-4, 4e-4],
  beta1: [0, 0.5],
  dropout: [0, 0.3, 0.5],
  labels: ["random", "one-sided", "real-only", "none"],
  fakeStatistics: ["moving", "batch"],
  averageDecay: [0.999, 0.9995],
} as const satisfies {
  readonly [Key in keyof TrainOptions]?: readonly TrainOptions[Key][];
};

/**
 * Options that all candidates share: learning rates decay to zero, and BatchNorm's statistics are
 * re-estimated to fit the averaged weights.
 */
const common = {
  learningRateDecay: "linear",
  sampleStatistics: "estimated",
  checkpointEvery: 938,
} as const;

/**
 * Returns the candidates of a search: the report's recipe first, then random recipes.
 *
 * The candidates are judged against training images, so no choice depends on the test images.
 *
 * @param count at least 1
 * @param seed seed of the random recipes
 */
export function drawCandidates(count: number, seed = 1): Experiment[] {
  return Array.from({ length: count }, (_, i) =>
    experiment(
      `candidate-${String(i).padStart(2, "0")}`,
      { ...common, ...(i > 0 && drawOne(randomStream(seed, "candidate", i))) },
      "validation",
    ));
}

function drawOne(stream: RandomStream): Partial<TrainOptions> {
  return Object.fromEntries(
    Object.entries(choices).map(([key, values]) => [
      key,
      values[stream.integer(values.length)],
    ]),
  );
}
