/**
 * Generates the candidates of a search for the best dense GAN. All candidates have the same loss
 * functions and the same kinds of layers as the student report's networks. The candidates differ in
 * options such as the sizes of layers, the learning rates, dropout, label smoothing, batch
 * statistics and weight averaging.
 */
import { type RandomStream, randomStream } from "../../random.ts";
import type { TrainOptions } from "../../training/gan/options.ts";
import { type Experiment, experiment } from "../experiment.ts";
import { pickedRecipes } from "./picked_recipes.ts";

/** A recipe that takes part in a search. */
export interface SearchCandidate {
  readonly experiment: Experiment;
  /**
   * Says where the recipe comes from: "the base" for the unchanged base recipe, "random" for a
   * random recipe, or, for a recipe that was picked by hand, the idea behind it.
   */
  readonly origin: string;
}

/** The values from which each option of a random recipe is chosen. */
const choices = {
  generatorLayers: [
    [128, 256, 512, 1024],
    [256, 512, 1024],
    [512, 1024],
  ],
  generatorActivation: ["leaky-relu", "relu"],
  discriminatorLayers: [
    [128, 256, 512, 1024],
    [1024, 512, 256],
    [1024, 768, 512],
    [1024, 1024],
    [1024, 512],
    [512, 256, 128],
  ],
  latentSize: [16, 32, 64, 100],
  batchSize: [128, 256, 512],
  generatorLearningRate: [2e-4, 4e-4, 8e-4],
  discriminatorLearningRate: [1e-4, 2e-4, 4e-4],
  beta1: [0, 0.5],
  dropout: [0.3, 0.7, 0.8, 0.85, 0.9],
  labels: ["random", "one-sided", "real-only", "none"],
  fakeStatistics: ["moving", "batch"],
  batchNormMomentum: [0.8, 0.99],
  averageDecay: [0.999, 0.9999],
  averageWarmup: [5, 10],
  learningRateDecay: ["none", "linear"],
  discriminatorSteps: [1, 2],
  generatorSteps: [1, 2],
} as const satisfies {
  readonly [Key in keyof TrainOptions]?: readonly TrainOptions[Key][];
};

/**
 * The option that all random recipes share. BatchNorm's statistics are estimated again so that they
 * fit the averaged weights.
 */
const common = { sampleStatistics: "estimated" } as const;

/**
 * Returns the candidates of a search. The base comes first, then the recipes that were picked by
 * hand, then random recipes.
 *
 * The candidates' images are compared with training images, so that no choice depends on the test
 * images.
 *
 * @param count number of candidates, at least 1
 * @param seed seed for drawing the random recipes
 */
export function drawCandidates(count: number, seed = 1): SearchCandidate[] {
  return Array.from({ length: count }, (_, i) => {
    const { origin, changes } = recipeOf(i, seed);
    const name = `candidate-${String(i).padStart(2, "0")}`;
    return { experiment: experiment(name, changes, "validation"), origin };
  });
}

function recipeOf(index: number, seed: number): { origin: string; changes: Partial<TrainOptions> } {
  if (index === 0) return { origin: "the base", changes: {} };
  const picked = pickedRecipes[index - 1];
  if (picked) return { origin: picked.idea, changes: picked.changes };
  const changes = { ...common, ...drawOne(randomStream(seed, "candidate", index)) };
  return { origin: "random", changes };
}

function drawOne(stream: RandomStream): Partial<TrainOptions> {
  return Object.fromEntries(
    Object.entries(choices).map(([key, values]) => [
      key,
      values[stream.integer(values.length)],
    ]),
  );
}
