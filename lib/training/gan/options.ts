import { z } from "zod";
import { activations } from "../../models/dense_layers.ts";
import { parseOptions } from "../../system/parse_options.ts";
import { labelPolicyNames } from "./labels.ts";

const positiveInteger = z.int().min(1);
const layerSizes = z.array(positiveInteger.max(65_536)).max(16).readonly();
const rate = z.number().gt(0).max(1);

/**
 * The schema of the training options, with their defaults and descriptions. Most defaults are the
 * values from the student report.
 */
export const trainOptionsSchema = z.strictObject({
  seed: z.int().min(0).default(1).describe(
    "seed of the initial weights, the order of images and all noise",
  ),
  epochs: positiveInteger.max(100_000).default(30).describe(
    "passes over the training images",
  ),
  steps: z.int().min(0).default(0).describe(
    "training steps; 0 means that the epochs set the number",
  ),
  batchSize: positiveInteger.max(60_000).default(128).describe(
    "images per step",
  ),
  latentSize: positiveInteger.max(65_536).default(100).describe(
    "size of the latent, N(0, 1) noise",
  ),
  generatorLayers: layerSizes.prefault([128, 256, 512, 1024]).describe(
    "units of the generator's hidden layers",
  ),
  generatorActivation: z.enum(activations).default("leaky-relu").describe(
    "activation of the generator's hidden layers",
  ),
  batchNormMomentum: z.number().min(0).lt(1).default(0.8).describe(
    "fraction of the old BatchNorm statistics that each step keeps",
  ),
  discriminatorLayers: layerSizes.prefault([128, 256, 512, 1024]).describe(
    "units of the discriminator's hidden layers",
  ),
  discriminatorActivation: z.enum(activations).default("leaky-relu").describe(
    "activation of the discriminator's hidden layers",
  ),
  dropout: z.number().min(0).lt(1).default(0.3).describe(
    "fraction of the last hidden layer's values that each step zeroes (discriminator)",
  ),
  generatorLearningRate: rate.default(2e-4).describe(
    "Adam's learning rate, generator",
  ),
  discriminatorLearningRate: rate.default(2e-4).describe(
    "Adam's learning rate, discriminator",
  ),
  beta1: z.number().min(0).lt(1).default(0.5).describe(
    "Adam's decay of the first moment",
  ),
  learningRateDecay: z.enum(["none", "linear"]).default("none").describe(
    "learning-rate schedule: constant, or decaying linearly to zero",
  ),
  labels: z.enum(labelPolicyNames).default("random").describe(
    "label smoothing",
  ),
  fakeStatistics: z.enum(["moving", "batch"]).default("moving").describe(
    "BatchNorm statistics of the generated images that the discriminator sees: moving averages (like Keras' predict) or the batch's",
  ),
  discriminatorSteps: positiveInteger.max(100).default(1).describe(
    "discriminator updates per step",
  ),
  generatorSteps: positiveInteger.max(100).default(1).describe(
    "generator updates per step",
  ),
  averageDecay: z.number().min(0).lt(1).default(0.999).describe(
    "decay per step of the moving average of the generator's weights; 0 disables it",
  ),
  averageWarmup: z.number().min(2).max(1e6).default(10).describe(
    "limits the average's decay at step t to (1 + t) / (this + t)",
  ),
  sampleStatistics: z.enum(["moving", "estimated"]).default("moving").describe(
    "BatchNorm statistics for sampling: moving averages, or estimates from 100 new batches",
  ),
  checkpointEvery: positiveInteger.max(1e9).default(469).describe(
    "steps between checkpoints",
  ),
});

/** The options for training a GAN. */
export type TrainOptions = Readonly<z.output<typeof trainOptionsSchema>>;

/** The default options. */
export const defaultTrainOptions: TrainOptions = parseTrainOptions({});

/**
 * Validates training options, and fills in the default of each option that is missing.
 *
 * @throws {OptionsError} when an option is invalid
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(parseTrainOptions({ epochs: 3 }).batchSize, 128);
 * assertThrows(() => parseTrainOptions({ epochs: 0 }), Error, "epochs");
 * ```
 */
export function parseTrainOptions(input: unknown): TrainOptions {
  return parseOptions(trainOptionsSchema, input);
}
