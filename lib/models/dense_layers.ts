import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";

/** Activations of hidden layers. The slope of LeakyReLU is 0.2 on the negative side. */
export const activations = ["leaky-relu", "relu"] as const;
export type Activation = (typeof activations)[number];

export const LEAKY_SLOPE = 0.2;

/** A dense layer's place in a model. */
export interface DensePlacement {
  readonly name: string;
  readonly units: number;
  /** Set only for a model's first layer. */
  readonly inputSize?: number;
}

/**
 * Creates a dense layer `[batch, n] -> [batch, units]`. Its initial weights have Glorot's uniform
 * distribution, like Keras' default (tfjs' default is Glorot's normal distribution).
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

/** Creates the layer of an activation. */
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
