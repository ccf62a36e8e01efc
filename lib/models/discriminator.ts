/**
 * Builds the discriminator, which maps an image to the probability that the image is real.
 *
 * Training uses the logits, which are the values before the sigmoid. The reason is that, in single
 * precision, the cross-entropy of a saturated sigmoid has no usable gradient.
 */
import * as tf from "@tensorflow/tfjs";
import { type Activation, activationLayer, denseLayer } from "./dense_layers.ts";
import { SeededDropout } from "./dropout.ts";

export interface DiscriminatorOptions {
  /** Number of pixels of an image, such as 784 for 28x28. */
  readonly imageSize: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /**
   * Fraction of the values of the last hidden layer that dropout sets to zero in each training
   * step.
   */
  readonly dropout: number;
}

const LOGITS_LAYER = "logits";

/**
 * A discriminator. If a generator is used where a discriminator is needed, the type checker reports
 * an error.
 */
export type Discriminator = tf.Sequential & {
  readonly [role]: "discriminator";
};

/** The key of a property that exists only for the type checker, not at run time. */
declare const role: unique symbol;

/** Builds a discriminator that maps images `[batch, imageSize]` to probabilities `[batch, 1]`. */
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
 * Returns a model that consists of the discriminator's layers before the sigmoid. The model shares
 * its weights with the discriminator, and maps images `[batch, imageSize]` to logits `[batch, 1]`.
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
