/**
 * Builds the generator, a network that maps a vector of random noise (a latent) to an image.
 *
 * As in the student report that this project follows, BatchNormalization comes after the
 * activation. The papers of Ioffe and Szegedy (arXiv 1502.03167) and Radford et al. (arXiv
 * 1511.06434) normalize before the activation.
 */
import * as tf from "@tensorflow/tfjs";
import { type Activation, activationLayer, denseLayer } from "./dense_layers.ts";

export interface GeneratorOptions {
  readonly latentSize: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /**
   * The fraction of the old moving mean and variance that BatchNorm keeps at each training step.
   */
  readonly batchNormMomentum: number;
  /** Number of pixels in an image: 784 for 28x28. */
  readonly imageSize: number;
}

/**
 * A generator network. If a discriminator is used where a generator is needed, the type checker
 * reports an error.
 */
export type Generator = tf.Sequential & { readonly [role]: "generator" };

/** This symbol exists only for the type checker, not at run time. */
declare const role: unique symbol;

/**
 * Builds a generator, which maps latents `[batch, latentSize]` to images `[batch, imageSize]` with
 * values in [-1, 1].
 */
export function buildGenerator(
  options: GeneratorOptions,
  seed: number,
): Generator {
  const model = tf.sequential({ name: "generator" });
  const sizes = [options.latentSize, ...options.hidden];
  options.hidden.forEach((units, i) => {
    const place = {
      name: `hidden_${i + 1}`,
      units,
      ...(i === 0 ? { inputSize: options.latentSize } : {}),
    };
    model.add(denseLayer(place, seed));
    model.add(activationLayer(options.activation, `activation_${i + 1}`));
    model.add(
      tf.layers.batchNormalization({
        momentum: options.batchNormMomentum,
        name: `batch_norm_${i + 1}`,
      }),
    );
  });
  const output = { name: "pixels", units: options.imageSize };
  model.add(
    denseLayer(
      sizes.length === 1 ? { ...output, inputSize: options.latentSize } : output,
      seed,
    ),
  );
  model.add(tf.layers.activation({ activation: "tanh", name: "tanh" }));
  return model as Generator;
}

/**
 * One of the two generators of a training run: the trained generator itself, or the generator whose
 * weights are moving averages of the trained weights.
 */
export type GeneratorKind = "generator" | "average";
