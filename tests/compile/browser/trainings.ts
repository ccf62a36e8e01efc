/**
 * Trains small models with fixed data and weights. Every engine therefore computes the same losses,
 * except for rounding errors.
 */
import * as tf from "@tensorflow/tfjs";
import { accelerate, compile } from "../../../lib/compile/mod.ts";

/** The losses of each training. */
export interface Losses {
  /** The loss after each epoch of `fit`, then the loss on the validation data. */
  readonly fit: readonly number[];
  /** The loss in each step of a function that the user wrote. */
  readonly steps: readonly number[];
}

/** @param way whether the trainings use `accelerate` and `compile`, or only tfjs */
export async function trainAll(way: "compiled" | "plain"): Promise<Losses> {
  return { fit: await fitModel(way), steps: await takeSteps(way) };
}

/** Trains a recurrent model with `fit`, as the example in lib/compile/README.md does. */
async function fitModel(way: "compiled" | "plain"): Promise<number[]> {
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({ units: 4, inputShape: [5, 3], ...kernels(1) }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.2, seed: 2 }),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  const acceleration = way === "compiled" ? accelerate(model, { strict: true }) : undefined;
  const x = data([24, 5, 3], 4);
  const y = x.mean([1, 2]).expandDims(1);
  const args = { epochs: 4, batchSize: 8, validationSplit: 0.2, shuffle: false, verbose: 0 };
  const { history } = await model.fit(x, y, args);
  acceleration?.undo();
  return [...history.loss, ...history.val_loss] as number[];
}

function kernels(seed: number) {
  return {
    kernelInitializer: tf.initializers.glorotUniform({ seed }),
    recurrentInitializer: tf.initializers.glorotUniform({ seed: seed + 100 }),
  };
}

/** Trains two dense layers with a step that is written out. */
async function takeSteps(way: "compiled" | "plain"): Promise<number[]> {
  const [first, second] = [tf.variable(data([3, 6], 5)), tf.variable(data([6, 1], 6))];
  const optimizer = tf.train.adam(0.05);
  const step = (x: tf.Tensor, y: tf.Tensor): tf.Scalar =>
    optimizer.minimize(() => {
      const predicted = x.matMul(first).relu().matMul(second);
      return predicted.sub(y).square().mean().asScalar();
    }, true)!;
  const run = way === "compiled" ? compile(step) : step;
  const x = data([16, 3], 7);
  const y = x.square().sum(1, true);
  const losses: number[] = [];
  for (let i = 0; i < 6; i++) losses.push((await run(x, y).data())[0]);
  return losses;
}

function data(shape: number[], seed: number): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, "float32", seed);
}
