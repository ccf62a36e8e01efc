/**
 * Runs training steps of a GAN, and reports the time of the second step and the memory used during
 * the run. The file compile_costs.ts runs this program in a separate process.
 */
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../engine/backend.ts";
import { compile } from "../compile/mod.ts";
import { createGan } from "../training/gan/gan.ts";
import { createGanStep } from "../training/gan/gan_step.ts";
import { parseTrainOptions } from "../training/gan/options.ts";

export interface StepCostsOptions {
  readonly steps: number;
  readonly compiled: boolean;
  /** Whether to use a small network, which takes about one millisecond per step. */
  readonly small: boolean;
}

export interface StepCosts {
  readonly compileMilliseconds: number;
  /** Resident memory in MB after a tenth of the steps. */
  readonly earlyMegabytes: number;
  /** Resident memory in MB after all steps. */
  readonly residentMegabytes: number;
}

const IMAGE_SIZE = 784;
const small = {
  latentSize: 8,
  generatorLayers: [16],
  discriminatorLayers: [16],
  batchSize: 16,
};

async function measure(options: StepCostsOptions): Promise<StepCosts> {
  await startEngine({ engine: "native" });
  const trainOptions = parseTrainOptions(options.small ? small : {});
  const gan = createGan(trainOptions, IMAGE_SIZE);
  const eager = createGanStep(gan, trainOptions, options.steps);
  const step = options.compiled ? compile(eager) : eager;
  const images = tf.zeros<tf.Rank.R2>([trainOptions.batchSize, IMAGE_SIZE]);
  const durations: number[] = [];
  let early = 0;
  for (let i = 0; i < options.steps; i++) {
    const start = performance.now();
    tf.tidy(() => void step(images, tf.scalar(i, "int32")).dataSync());
    durations.push(performance.now() - start);
    if (i === Math.floor(options.steps / 10)) early = residentMegabytes();
  }
  return {
    // The first call creates the optimizers' moments, so only the second call is traced.
    compileMilliseconds: durations[1],
    earlyMegabytes: early,
    residentMegabytes: residentMegabytes(),
  };
}

function residentMegabytes(): number {
  return Deno.memoryUsage().rss / 2 ** 20;
}

if (import.meta.main) {
  console.log(JSON.stringify(await measure(JSON.parse(Deno.args[0]))));
}
