/**
 * Estimates how long training takes. The candidates of a search have networks of different sizes. A
 * search therefore gives its candidates the same training time, not the same number of steps.
 *
 * Most of the time of a training step is spent on multiplying matrices and on updating parameters.
 * The amount of this work can be computed from the sizes of the layers. The result does not depend
 * on the machine or on its load. A search that is resumed on another machine therefore trains the
 * same cells.
 */
import type { TrainOptions } from "../../training/gan/options.ts";
import type { Cell } from "../cells/cells.ts";
import { CURVE_EPOCHS } from "../cells/measure_curve.ts";
import { base } from "../experiment.ts";

/** Number of pixels in an MNIST image. */
const PIXELS = 28 * 28;

/**
 * The number of multiplications that take as long as Adam's update of one parameter. This value was
 * tested on seven recipes whose sizes differ from the base's: their estimated costs are within 10 %
 * of the measured times. (On native TensorFlow with two cores, a step of these recipes takes 1.4 to
 * 4 times as long as a step of the base.)
 */
const UPDATE = 250;

/** Seconds per training step of the base experiment, on native TensorFlow with two idle cores. */
const BASE_STEP_SECONDS = 0.021;

/**
 * The time that judging takes on two idle cores, including the time to generate the images. `final`
 * is the number of seconds for the final scores from 10,000 images. `point` is the number of
 * seconds for each point of a cell's curve. There is one point for every `imagesPerPoint` images
 * that the cell trains on.
 *
 * The first cell of a process takes five seconds more, because results that depend only on real
 * images are computed once for all cells.
 */
const JUDGING = { final: 8.5, point: 0.6, imagesPerPoint: CURVE_EPOCHS * 60_000 };

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
 * Returns the cost of one training step. A training step of the base experiment costs 1.
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
  // A forward pass multiplies by every weight once. A backward pass does so twice: once for the
  // gradients of the weights and once for the gradients of the inputs. The gradients of the first
  // layer's inputs are needed only if these inputs are images from the generator that is being
  // trained.
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

/** Returns the cost of training a cell. A training step of the base experiment costs 1. */
export function trainingCost({ experiment, steps }: Pick<Cell, "experiment" | "steps">): number {
  return steps * stepCost(experiment.options);
}

/** Estimates how many seconds the training and the judging of a cell take on two idle cores. */
export function estimateTimes(
  cell: Pick<Cell, "experiment" | "steps">,
): { readonly training: number; readonly judging: number } {
  // The curve has one more point after the last step.
  const points = 1 + cell.steps * cell.experiment.options.batchSize / JUDGING.imagesPerPoint;
  return {
    training: trainingCost(cell) * BASE_STEP_SECONDS,
    judging: JUDGING.final + JUDGING.point * points,
  };
}

/** Estimates the seconds for training and judging a cell on two idle cores. */
export function estimateSeconds(cell: Pick<Cell, "experiment" | "steps">): number {
  const { training, judging } = estimateTimes(cell);
  return training + judging;
}
