/**
 * The generator: maps latent noise to an image.
 *
 * It has dense hidden layers, each followed by an activation and BatchNormalization, and a tanh
 * output, so pixels lie in [-1, 1]. The student report has the same order of layers, whereas Ioffe
 * and Szegedy (arXiv 1502.03167) and Radford et al. (arXiv 1511.06434) normalize before the
 * activation.
 */
import * as tf from "@tensorflow/tfjs";
import { type Activation, activationLayer, denseLayer } from "./dense_layers.ts";

export interface GeneratorOptions {
  readonly latentSize: number;
  /** Number of units in each hidden layer, from the first to the last. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  /** Fraction of the old moving statistics that each training step keeps. */
  readonly batchNormMomentum: number;
  /** Number of pixels in an image: 784 for 28x28. */
  readonly imageSize: number;
}

/**
 * A generator. Discriminators are tf.Sequential models too, so a role tells the types apart: the
 * type checker rejects a discriminator where a generator is needed.
 */
export type Generator = tf.Sequential & { readonly [role]: "generator" };

/**
 * A mark that exists only in types, not in values. {@linkcode buildGenerator} returns the marked
 * type.
 */
declare const role: unique symbol;

/**
 * Builds a generator `[batch, latentSize] -> [batch, imageSize] in [-1, 1]`.
 *
 * @param seed seed of the initial weights
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

/** The two generators of a run: the trained one, and its moving average. */
export type GeneratorKind = "generator" | "average";
