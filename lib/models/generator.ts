/**
 * The generator: maps latent noise to an image.
 *
 * In the student report, BatchNormalization follows the activation. Ioffe and Szegedy (arXiv
 * 1502.03167) and Radford et al. (arXiv 1511.06434) normalize before the activation.
 */
import * as tf from "@tensorflow/tfjs";
import { type Activation, activationLayer, denseLayer } from "./dense_layers.ts";

export interface GeneratorOptions {
  readonly latentSize: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Fraction of the old moving statistics that each training step keeps. */
  readonly batchNormMomentum: number;
  /** In pixels: 784 for 28x28. */
  readonly imageSize: number;
}

/** A generator. The type checker rejects a discriminator in its place. */
export type Generator = tf.Sequential & { readonly [role]: "generator" };

/** Exists only in types. */
declare const role: unique symbol;

/** Builds a generator `[batch, latentSize] -> [batch, imageSize] in [-1, 1]`. */
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

/** A run's trained generator, or its moving average. */
export type GeneratorKind = "generator" | "average";
