/**
 * Trains two copies of a model on the same batches and compares the results. One copy is
 * accelerated.
 */
import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { accelerate, type AccelerateOptions } from "../../../lib/compile/mod.ts";

export interface ModelCase {
  readonly build: () => tf.LayersModel;
  readonly x: tf.Tensor | tf.Tensor[];
  readonly y: tf.Tensor | tf.Tensor[];
  /**
   * Returns the optimizer and the loss. The defaults are SGD with a learning rate of 0.05, and
   * meanSquaredError.
   */
  readonly compile?: () => Partial<tf.ModelCompileArgs>;
  readonly steps?: number;
  /**
   * The largest accepted difference: relative for numbers whose magnitude exceeds 1, absolute for
   * all others. The default is 1e-3.
   */
  readonly tolerance?: number;
  readonly options?: AccelerateOptions;
}

/** The numbers that a model produces during and after training. */
export interface Trained {
  readonly losses: number[];
  readonly weights: number[];
  readonly outputs: number[];
  readonly evaluated: number[];
}

/**
 * Asserts that eager and accelerated training give the same results, except for rounding errors.
 */
export async function assertSameTraining(modelCase: ModelCase, name = ""): Promise<void> {
  const { tolerance = 1e-3, options } = modelCase;
  const [eager, fast] = buildTwins(modelCase);
  const expected = await train(eager, modelCase);
  const acceleration = accelerate(fast, { strict: true, ...options });
  const actual = await train(fast, modelCase);
  acceleration.undo();
  for (const key of ["losses", "weights", "outputs", "evaluated"] as const) {
    assertClose(actual[key], expected[key], tolerance, `${name}: ${key}`);
  }
  for (const model of [eager, fast]) model.dispose();
}

/** Builds and compiles two models and gives both the same weights. */
export function buildTwins({ build, compile = () => ({}) }: ModelCase): tf.LayersModel[] {
  const models = [build(), build()];
  for (const model of models) {
    const optimizer = tf.train.sgd(0.05);
    model.compile({ optimizer, loss: "meanSquaredError", ...compile() });
  }
  const [first, second] = models;
  second.setWeights(first.getWeights());
  return models;
}

async function train(
  model: tf.LayersModel,
  { x, y, steps = 10 }: ModelCase,
): Promise<Trained> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push(...[await model.trainOnBatch(x, y)].flat());
  return {
    losses,
    weights: model.getWeights().flatMap(numbersOf),
    outputs: [model.predictOnBatch(x)].flat().flatMap(numbersOf),
    evaluated: [model.evaluate(x, y)].flat().flatMap(numbersOf),
  };
}

export function numbersOf(tensor: tf.Tensor): number[] {
  return [...tensor.dataSync()] as number[];
}

/** Asserts that two lists contain the same numbers, except for rounding errors. NaN equals NaN. */
export function assertClose(
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  message = "",
): void {
  assertEquals(actual.length, expected.length, message);
  for (const [i, wanted] of expected.entries()) {
    const found = actual[i];
    const near = Object.is(found, wanted) ||
      Math.abs(found - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    assert(near, `${message}: number ${i} is ${found}, wanted ${wanted}`);
  }
}

/**
 * Returns a tensor of numbers between −1 and 1. The same seed gives the same numbers in every run.
 */
export function data(shape: number[], seed = 1): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, "float32", seed);
}
