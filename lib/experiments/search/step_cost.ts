/**
 * Estimates how long training takes. Candidates of a search differ in size, so a search gives them
 * equal times and not equal numbers of steps.
 *
 * A step multiplies matrices and updates parameters, and takes little time for anything else. Both
 * can be counted from the sizes of the layers. The count does not depend on the machine or its
 * load, so a search that is resumed elsewhere trains the same cells.
 */
import type { TrainOptions } from "../../training/gan/options.ts";
import type { Cell } from "../cells/cells.ts";
import { base } from "../experiment.ts";

/** Number of pixels in an MNIST image. */
const PIXELS = 28 * 28;

/**
 * The number of multiplications that take as long as Adam's update of one parameter. With this
 * value, the costs of seven recipes with other sizes than the base's are within 10 % of their
 * measured times. (They take 1.4 to 4 times as long, on native TensorFlow and two cores.)
 */
const UPDATE = 250;

/** Seconds that a step of the base takes on the same machine, if nothing else is running. */
const BASE_STEP_SECONDS = 0.021;

/**
 * Seconds of judging on that machine: of the final scores, and of each point of a cell's curve.
 * There is a point every two epochs of 60,000 images.
 */
const JUDGING = { final: 12, point: 1.1, imagesPerPoint: 120_000 };

type Sizes = Pick<
  TrainOptions,
  | "batchSize"
  | "latentSize"
  | "generatorLayers"
  | "discriminatorLayers"
  | "generatorSteps"
  | "discriminatorSteps"
>;

/**
 * Returns the cost of a training step. A step of the base experiment costs 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { base } from "../experiment.ts";
 * assertEquals(stepCost(base.options), 1);
 * const wide = stepCost({ ...base.options, batchSize: 256, discriminatorLayers: [1024, 512, 256] });
 * assertEquals(wide.toFixed(2), "2.25");
 * ```
 */
export function stepCost(sizes: Sizes): number {
  return countWork(sizes) / countWork(base.options);
}

function countWork(sizes: Sizes): number {
  const { batchSize, latentSize, generatorSteps, discriminatorSteps } = sizes;
  const generator = countWeights([latentSize, ...sizes.generatorLayers, PIXELS]);
  const discriminator = countWeights([PIXELS, ...sizes.discriminatorLayers, 1]);
  // A pass forward multiplies by every weight once. The way back does so twice, for the gradients
  // of weights and of inputs. The first layer's inputs need no gradient, unless they are images
  // from the generator that is being trained.
  const onReal = 3 * discriminator.all - discriminator.first;
  const onGenerated = onReal + generator.all;
  const ofGenerator = 3 * generator.all - generator.first + 2 * discriminator.all;
  const perImage = discriminatorSteps * (onReal + onGenerated) + generatorSteps * ofGenerator;
  const updates = discriminatorSteps * 2 * discriminator.all + generatorSteps * generator.all;
  return batchSize * perImage + UPDATE * updates;
}

/** Counts the weights of dense layers, in all layers and in the first one. */
function countWeights(units: readonly number[]): { readonly all: number; readonly first: number } {
  const layers = units.slice(1).map((count, i) => count * units[i]);
  return { all: layers.reduce((sum, each) => sum + each, 0), first: layers[0] };
}

/** Returns the cost of training a cell. A step of the base costs 1. */
export function trainingCost({ experiment, steps }: Pick<Cell, "experiment" | "steps">): number {
  return steps * stepCost(experiment.options);
}

/** Estimates the seconds for training and judging a cell on two idle cores. */
export function estimateSeconds(cell: Pick<Cell, "experiment" | "steps">): number {
  const points = cell.steps * cell.experiment.options.batchSize / JUDGING.imagesPerPoint;
  return trainingCost(cell) * BASE_STEP_SECONDS + JUDGING.final + JUDGING.point * points;
}
