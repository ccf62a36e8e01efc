/**
 * What generator and discriminator have in common: fully connected layers, and the two activations
 * of the report.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";

/** The activation of hidden layers: LeakyReLU with slope 0.2 on the negative side, or ReLU. */
export const activations = ["leaky-relu", "relu"] as const;
export type Activation = (typeof activations)[number];

export const LEAKY_SLOPE = 0.2;

/** Where a layer stands in its model, and what it is called there. */
export interface DensePlacement {
  readonly name: string;
  readonly units: number;
  /** Size of the input, on a model's first layer only. */
  readonly inputSize?: number;
}

/**
 * A dense layer `[batch, n] -> [batch, units]`; weights from Glorot's uniform distribution (Keras'
 * default; that of tfjs is Glorot's normal one) drawn from `seed` and the layer's name, biases
 * zero.
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

/** The layer for an activation, by its name. */
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
