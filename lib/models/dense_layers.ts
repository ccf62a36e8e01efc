import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";

/**
 * The activations that hidden layers can have. LeakyReLU has a slope of 0.2 for negative inputs.
 */
export const activations = ["leaky-relu", "relu"] as const;
export type Activation = (typeof activations)[number];

export const LEAKY_SLOPE = 0.2;

/** The name and the sizes of a dense layer in a model. */
export interface DensePlacement {
  readonly name: string;
  readonly units: number;
  /** Number of inputs; set only for the first layer of a model. */
  readonly inputSize?: number;
}

/**
 * Creates a dense layer `[batch, n] -> [batch, units]`. Its initial weights are drawn from Glorot's
 * uniform distribution, which is the default in Keras. The default in tfjs is Glorot normal.
 */
export function denseLayer(
  { name, units, inputSize }: DensePlacement,
  seed: number,
): tf.layers.Layer {
  return tf.layers.dense({
    name,
    units,
    kernelInitializer: tf.initializers.glorotUniform({
      seed: deriveSeed(seed, name),
    }),
    ...(inputSize === undefined ? {} : { inputShape: [inputSize] }),
  });
}

/** Creates a layer that applies an activation. */
export function activationLayer(
  activation: Activation,
  name: string,
): tf.layers.Layer {
  switch (activation) {
    case "leaky-relu":
      return tf.layers.leakyReLU({ alpha: LEAKY_SLOPE, name });
    case "relu":
      return tf.layers.reLU({ name });
  }
}
