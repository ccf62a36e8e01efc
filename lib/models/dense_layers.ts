/**
 * Creates layers for the generator and the discriminator: fully connected layers, and the two
 * activation functions that the student report uses.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";

/** The activation of hidden layers: LeakyReLU with slope 0.2 on the negative side, or ReLU. */
export const activations = ["leaky-relu", "relu"] as const;
export type Activation = (typeof activations)[number];

export const LEAKY_SLOPE = 0.2;

/** A dense layer's name and size, and its place in the model. */
export interface DensePlacement {
  readonly name: string;
  readonly units: number;
  /** Size of the input; set only for a model's first layer. */
  readonly inputSize?: number;
}

/**
 * Creates a dense layer `[batch, n] -> [batch, units]`. Its initial weights are drawn from Glorot's
 * uniform distribution, which is Keras' default (tfjs' default is Glorot's normal distribution).
 * Their seed is derived from `seed` and the layer's name. Its initial biases are zero.
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

/** Creates the layer for an activation function. */
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
