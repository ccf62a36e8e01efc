/**
 * Tests every optimizer, loss and metric of tfjs. An accelerated model must give the same results
 * as an eager model.
 */
import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useNative } from "../../support/engine.ts";
import { assertSameTraining, data } from "./compare_models.ts";

const optimizers: Readonly<Record<string, () => tf.Optimizer>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.1),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.5, undefined, true),
};

type Kind = "numbers" | "shares" | "classes" | "signs";

/**
 * For each kind of loss or metric: the targets for a model with three outputs, and the activation
 * of the model's last layer.
 */
const targets: Readonly<Record<Kind, () => { y: tf.Tensor; activation: Activation }>> = {
  numbers: () => ({ y: data([8, 3], 2), activation: "tanh" }),
  shares: () => ({ y: tf.oneHot([0, 1, 2, 2, 1, 0, 1, 2], 3).cast("float32"), activation }),
  classes: () => ({ y: tf.tensor2d([0, 1, 2, 2, 1, 0, 1, 2], [8, 1]), activation }),
  signs: () => ({ y: data([8, 3], 2).sign(), activation: "tanh" }),
};

type Activation = "softmax" | "tanh";
const activation = "softmax";

/**
 * The losses that tfjs models know by name (losses.js in tfjs-layers), each with the kind of its
 * targets.
 */
const losses: Readonly<Record<string, Kind>> = {
  meanSquaredError: "numbers",
  meanAbsoluteError: "numbers",
  meanAbsolutePercentageError: "numbers",
  meanSquaredLogarithmicError: "shares",
  squaredHinge: "signs",
  hinge: "signs",
  categoricalHinge: "shares",
  logcosh: "numbers",
  categoricalCrossentropy: "shares",
  sparseCategoricalCrossentropy: "classes",
  binaryCrossentropy: "shares",
  kullbackLeiblerDivergence: "shares",
  poisson: "shares",
  cosineProximity: "numbers",
};

/** The functions in tf.losses, which the tests use as custom losses. */
const functions: Readonly<
  Record<keyof typeof tf.losses, (y: tf.Tensor, p: tf.Tensor) => tf.Tensor>
> = {
  absoluteDifference: (y, p) => tf.losses.absoluteDifference(y, p),
  computeWeightedLoss: (y, p) => tf.losses.computeWeightedLoss(y.sub(p).square(), tf.scalar(0.5)),
  cosineDistance: (y, p) => tf.losses.cosineDistance(y, p, 1),
  hingeLoss: (y, p) => tf.losses.hingeLoss(y, p),
  huberLoss: (y, p) => tf.losses.huberLoss(y, p),
  logLoss: (y, p) => tf.losses.logLoss(y, p),
  meanSquaredError: (y, p) => tf.losses.meanSquaredError(y, p),
  sigmoidCrossEntropy: (y, p) => tf.losses.sigmoidCrossEntropy(y, p),
  softmaxCrossEntropy: (y, p) => tf.losses.softmaxCrossEntropy(y, p),
};

const metrics: Readonly<Record<keyof typeof tf.metrics, Kind>> = {
  binaryAccuracy: "shares",
  binaryCrossentropy: "shares",
  categoricalAccuracy: "shares",
  categoricalCrossentropy: "shares",
  cosineProximity: "numbers",
  mape: "numbers",
  MAPE: "numbers",
  meanAbsoluteError: "numbers",
  meanAbsolutePercentageError: "numbers",
  meanSquaredError: "numbers",
  mse: "numbers",
  MSE: "numbers",
  precision: "shares",
  r2Score: "numbers",
  recall: "shares",
  sparseCategoricalAccuracy: "classes",
};

Deno.test("the tables contain everything in tf.train, tf.losses and tf.metrics", () => {
  for (
    const [all, table] of [[tf.train, optimizers], [tf.losses, functions], [tf.metrics, metrics]]
  ) {
    assertEquals(Object.keys(all).filter((name) => !(name in table)), []);
  }
});

for (const [name, optimizer] of Object.entries(optimizers)) {
  check(`tf.train.${name}`, "shares", () => ({ optimizer: optimizer() }));
}
for (const [loss, kind] of Object.entries(losses)) {
  check(`the loss ${loss}`, kind, () => ({ loss, metrics: kind === "numbers" ? [] : ["acc"] }));
}
for (const [name, loss] of Object.entries(functions)) {
  const kind = name === "hingeLoss" ? "signs" : "shares";
  // deno-lint-ignore no-explicit-any -- tfjs' types do not allow custom losses.
  check(`tf.losses.${name} as a loss`, kind, () => ({ loss: loss as any }));
}
for (const [name, kind] of Object.entries(metrics)) {
  const metric = tf.metrics[name as keyof typeof tf.metrics];
  check(`tf.metrics.${name}`, kind, () => ({
    // deno-lint-ignore no-explicit-any -- tfjs' types do not allow functions as metrics.
    metrics: [metric as any],
    ...(kind === "classes" ? { loss: "sparseCategoricalCrossentropy" } : {}),
  }));
}

function check(name: string, kind: Kind, compile: () => Partial<tf.ModelCompileArgs>): void {
  Deno.test(`${name} gives the same results as in eager mode`, async () => {
    await useNative();
    const { y, activation } = targets[kind]();
    const build = () => {
      const model = tf.sequential();
      // The initial weights are fixed. With some other weights, a loss with kinks would amplify
      // rounding errors within ten steps.
      const [first, second] = [1, 2].map((seed) => ({
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
      }));
      model.add(tf.layers.dense({ units: 5, activation: "relu", inputShape: [4], ...first }));
      model.add(tf.layers.dense({ units: 3, activation, ...second }));
      return model;
    };
    await assertSameTraining({ build, x: data([8, 4]), y, compile }, name);
  });
}
