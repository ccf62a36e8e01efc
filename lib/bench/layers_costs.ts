/**
 * Measures how long the first compiled call of each model takes, and how much memory use grows over
 * many calls with many shapes.
 */
import * as tf from "@tensorflow/tfjs";
import { accelerate } from "../compile/mod.ts";
import { examples } from "./example_contenders.ts";
import { type BenchedModel, benchedModels } from "./layers_models.ts";
import { type PreparedStep, prepareStep } from "./layers_steps.ts";
import { nameFirstCall } from "./measure_limits.ts";

/** Prepares the accelerated steps of the benchmarked models and of the examples, by title. */
export const compiledSteps: Readonly<Record<string, () => PreparedStep>> = Object.fromEntries([
  ...Object.values<BenchedModel>(benchedModels).map((model) => [model.title, () => {
    const { x, y } = model.data(model.batch);
    return prepareStep(model, [[x, y]], true);
  }]),
  ...Object.entries(examples).map(([title, prepare]) => [title, () => prepare(true)]),
]);

/** Returns the costs of compiling the benchmarked models and the examples, by name. */
export function layersCosts(): Record<string, number> {
  const calls = Object.entries(compiledSteps).map(([title, prepare]): [string, number] => [
    nameFirstCall(title),
    timeFirstCall(prepare()),
  ]);
  return {
    ...Object.fromEntries(calls),
    [`growth over ${CALLS} calls of ${SHAPES} shapes, MB`]: measureGrowth(),
  };
}

/**
 * The number of calls after which every model is compiled. The first call with Adam or RMSProp
 * creates the optimizer's variables and cannot be compiled. Models that share layers are compiled
 * in several calls.
 */
const FIRST_CALLS = 5;

/**
 * Returns the milliseconds that a step's first compiled call takes. It is the slowest of the first
 * calls, because it traces the step.
 */
export function timeFirstCall({ step, dispose }: PreparedStep): number {
  const times = Array.from({ length: FIRST_CALLS }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
  dispose();
  return Math.max(...times);
}

const CALLS = 10_000;
const SHAPES = 50;

/**
 * Returns how much the memory grows after the first tenth of the calls, in MB. By then, every shape
 * has already occurred.
 */
function measureGrowth(): number {
  const model = tf.sequential({
    layers: [tf.layers.gru({ units: 8, inputShape: [null, 4] }), tf.layers.dense({ units: 1 })],
  });
  const acceleration = accelerate(model, { strict: true });
  let early = 0;
  for (let i = 0; i < CALLS; i++) {
    tf.tidy(() => void model.predict(tf.ones([2, 1 + i % SHAPES, 4])));
    if (i === CALLS / 10) early = Deno.memoryUsage().rss;
  }
  // The memory may also shrink.
  const grown = Math.max(0, Deno.memoryUsage().rss - early) / 2 ** 20;
  acceleration.undo();
  model.dispose();
  return grown;
}
