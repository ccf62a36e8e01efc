import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/mod.ts";
import { gatherNormalized } from "../../dataset/batches.ts";
import type { ByteImages } from "../../images.ts";
import { planSteps } from "../batch_order.ts";
import type { Gan } from "./gan.ts";
import { createGanStep, type GanStep, stepMeasures, type StepValues } from "./gan_step.ts";
import type { TrainOptions } from "./options.ts";
import { requireFiniteLoss } from "../diverged_error.ts";
import type { StepPlace } from "../progress.ts";
import { stepsPerEpoch, totalSteps } from "../run_length.ts";

/** The measures of one training step, and the position of this step in the run. */
export type StepReport = StepValues & StepPlace;

/**
 * Trains a GAN up to the last step of the run, and yields a report after each step. Between two
 * steps, the caller can save the networks, generate sample images or stop the training.
 *
 * @param firstStep number of steps for which the GAN has already been trained
 * @throws {DivergedError} when a loss is not finite
 */
export async function* trainGan(
  gan: Gan,
  images: ByteImages,
  options: TrainOptions,
  firstStep = 0,
): AsyncGenerator<StepReport, void, void> {
  const steps = totalSteps(options, stepsPerEpoch(images, options));
  const runStep = compile(createGanStep(gan, options, steps));
  const { count } = images;
  const { batchSize, seed } = options;
  const plan = planSteps({ count, batchSize, seed, steps, firstStep });
  const imageSize = imageSizeOf(images);
  // A step has used its batch before the next batch is gathered.
  const memory = new Float32Array(batchSize * imageSize);
  try {
    for (const { number, indices, place } of plan) {
      const values = await takeStep(
        runStep,
        gatherNormalized(images, indices, memory),
        imageSize,
        number,
      );
      requireFiniteLosses(values, place.step);
      // Native steps never yield to the event loop. Without this pause, Ctrl-C would go unnoticed.
      await setImmediate();
      yield { ...values, ...place };
    }
  } finally {
    runStep.dispose();
  }
}

/** Returns the number of pixels in one image. */
export function imageSizeOf(images: ByteImages): number {
  return images.height * images.width;
}

async function takeStep(
  runStep: GanStep,
  pixels: Float32Array,
  imageSize: number,
  step: number,
): Promise<StepValues> {
  const batch = tf.tensor2d(pixels, [pixels.length / imageSize, imageSize]);
  const number = tf.scalar(step, "int32");
  const measured = runStep(batch, number);
  const values = await measured.data();
  tf.dispose([batch, number, measured]);
  return Object.fromEntries(
    stepMeasures.map((measure, i) => [measure, values[i]]),
  ) as Record<keyof StepValues, number>;
}

const lossNames = {
  discriminatorLoss: "the discriminator's loss",
  generatorLoss: "the generator's loss",
} as const;

function requireFiniteLosses(values: StepValues, step: number): void {
  for (const loss of ["discriminatorLoss", "generatorLoss"] as const) {
    requireFiniteLoss(values[loss], {
      name: lossNames[loss],
      step,
      advice: "Try lower learning rates (2e-4 is the usual one for both networks), label " +
        "smoothing, or another seed.",
    });
  }
}
