import { z } from "zod";
import { OptionsError, parseOptions } from "../../system/parse_options.ts";

const positiveInteger = z.int().min(1);
const layers = z.array(positiveInteger.max(4096)).max(16).readonly();

/**
 * The schema of the options for training a classifier, with the default and the meaning of each
 * option.
 */
export const classifierOptionsSchema = z.strictObject({
  seed: z.int().min(0).default(1).describe(
    "seed of the initial weights, the order of images, augmentation and dropout",
  ),
  epochs: positiveInteger.max(100_000).default(20).describe(
    "passes over the training images",
  ),
  steps: z.int().min(0).default(0).describe(
    "training steps; 0 means that the epochs set the number",
  ),
  batchSize: positiveInteger.max(60_000).default(128).describe(
    "images per step",
  ),
  validationImages: positiveInteger.max(59_000).default(5000).describe(
    "training images held back for validation; they are the same for every seed",
  ),
  filters: layers.prefault([32, 48, 64]).describe(
    "filters of the convolutions",
  ),
  kernels: layers.prefault([3, 3, 3]).describe(
    "kernel sizes of the convolutions",
  ),
  pools: layers.prefault([1, 3]).describe(
    "numbers of the convolutions that are followed by 2x2 max-pooling",
  ),
  features: positiveInteger.max(4096).default(128).describe(
    "units of the layer before the logits",
  ),
  dropout: z.number().min(0).lt(1).default(0.2).describe(
    "fraction of the features that each step zeroes",
  ),
  shift: z.number().min(0).max(28).default(2).describe(
    "augmentation: largest shift in each direction, in pixels",
  ),
  rotation: z.number().min(0).max(180).default(12).describe(
    "augmentation: largest rotation, in degrees",
  ),
  scale: z.number().min(0).lt(1).default(0.1).describe(
    "augmentation: largest change in size, as a fraction",
  ),
  learningRate: z.number().gt(0).max(1).default(2e-3).describe(
    "Adam's learning rate at the start",
  ),
  learningRateDecay: z.enum(["none", "linear"]).default("linear").describe(
    "learning-rate schedule: constant, or decaying linearly to zero",
  ),
  checkpointEvery: positiveInteger.max(1e9).default(200).describe(
    "steps between checkpoints",
  ),
});

/** Options for training a classifier. */
export type TrainClassifierOptions = Readonly<
  z.output<typeof classifierOptionsSchema>
>;

/**
 * Validates the options and fills in the default of each missing option.
 *
 * @throws {OptionsError} when options are invalid
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(parseClassifierOptions({ epochs: 3 }).batchSize, 128);
 * assertThrows(() => parseClassifierOptions({ filters: [8], kernels: [3, 3] }), Error, "kernels");
 * ```
 */
export function parseClassifierOptions(input: unknown): TrainClassifierOptions {
  const options = parseOptions(classifierOptionsSchema, input);
  const { filters, kernels, pools } = options;
  if (kernels.length !== filters.length) {
    throw new OptionsError(
      `kernels: wanted one size for each of the ${filters.length} convolutions in filters; found ${kernels.length}.`,
    );
  }
  const stray = pools.find((pool) => pool > filters.length);
  if (stray !== undefined) {
    throw new OptionsError(
      `pools: wanted numbers of convolutions, 1 to ${filters.length}; found ${stray}.`,
    );
  }
  return options;
}
