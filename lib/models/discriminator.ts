/**
 * The discriminator: maps an image to the probability that it is real.
 *
 * Training uses the logits before the sigmoid. In single precision, the cross-entropy of a
 * saturated sigmoid has no usable gradient.
 */
import * as tf from "@tensorflow/tfjs";
import { type Activation, activationLayer, denseLayer } from "./dense_layers.ts";
import { SeededDropout } from "./dropout.ts";

export interface DiscriminatorOptions {
  /** In pixels: 784 for 28x28. */
  readonly imageSize: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Fraction of the last hidden layer's values that each training step zeroes. */
  readonly dropout: number;
}

const LOGITS_LAYER = "logits";

/** A discriminator. The type checker rejects a generator in its place. */
export type Discriminator = tf.Sequential & {
  readonly [role]: "discriminator";
};

/** Exists only in types. */
declare const role: unique symbol;

/** Builds a discriminator `[batch, imageSize] -> [batch, 1] in (0, 1)`. */
export function buildDiscriminator(
  options: DiscriminatorOptions,
  seed: number,
): Discriminator {
  const model = tf.sequential({ name: "discriminator" });
  options.hidden.forEach((units, i) => {
    const place = {
      name: `hidden_${i + 1}`,
      units,
      ...(i === 0 ? { inputSize: options.imageSize } : {}),
    };
    model.add(denseLayer(place, seed));
    model.add(activationLayer(options.activation, `activation_${i + 1}`));
  });
  if (options.hidden.length > 0) {
    model.add(new SeededDropout({ rate: options.dropout, name: "dropout" }));
  }
  const output = { name: LOGITS_LAYER, units: 1 };
  model.add(
    denseLayer(
      options.hidden.length === 0 ? { ...output, inputSize: options.imageSize } : output,
      seed,
    ),
  );
  model.add(tf.layers.activation({ activation: "sigmoid", name: "sigmoid" }));
  return model as Discriminator;
}

/**
 * Returns the layers before the sigmoid, with shared weights: `[batch, imageSize] -> [batch, 1]`.
 */
export function logitsOf(discriminator: Discriminator): tf.LayersModel {
  const outputs = discriminator.getLayer(LOGITS_LAYER)
    .output as tf.SymbolicTensor;
  return tf.model({
    inputs: discriminator.inputs,
    outputs,
    name: "discriminator_logits",
  });
}
