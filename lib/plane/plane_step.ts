/**
 * Creates training steps for the GAN in the plane. The networks are updated in the same order as in
 * the training on images (training/gan).
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";
import { normal } from "../engine/random_tensors.ts";
import { LEAKY_SLOPE } from "../models/dense_layers.ts";
import { drawLatents } from "../models/latent.ts";
import { trainableVariables } from "../models/variables.ts";
import { drawBlobs } from "./blobs.ts";
import type { GeneratorLoss, PlaneOptions } from "./options.ts";
import { LATENT_SIZE, type PlaneGan } from "./plane_gan.ts";

/**
 * Updates both networks of the GAN.
 *
 * @param step number of the step, counted from 0; int32
 * @returns `[2]`: the discriminator's loss (the mean over real and generated points) and the
 * generator's loss
 */
export type PlaneStep = (step: tf.Scalar) => tf.Tensor1D;

/**
 * Functions that compute the generator's loss from the discriminator's logits for generated points.
 * D is the discriminator's probability that a point is real.
 */
export const lossOfGenerator: Readonly<
  Record<GeneratorLoss, (logits: tf.Tensor) => tf.Scalar>
> = {
  /** The loss ln(1 − D). The discriminator maximizes the same quantity. */
  minimax: (logits) => logits.softplus().neg().mean(),
  /** The loss −ln D. */
  "non-saturating": (logits) => logits.neg().softplus().mean(),
};

/** Returns the training step of a GAN. */
export function createPlaneStep(gan: PlaneGan): PlaneStep {
  const { options } = gan;
  const trainDiscriminator = createDiscriminatorStep(gan);
  const weights = trainableVariables(gan.generator);
  return (step) =>
    tf.tidy(() => {
      const ofDiscriminator = trainDiscriminator(step);
      let ofGenerator = tf.scalar(0);
      for (let i = 0; i < options.generatorSteps; i++) {
        const latents = latentsOf(options, `generator ${i}`, step);
        ofGenerator = descend(gan.generatorOptimizer, weights, () => {
          const points = gan.generator.apply(latents) as tf.Tensor2D;
          const seen = blur(points, options, `generator ${i}`, step);
          return lossOfGenerator[options.generatorLoss](logitsOf(gan, seen));
        });
      }
      return tf.stack([ofDiscriminator, ofGenerator]) as tf.Tensor1D;
    });
}

/**
 * Returns the discriminator's part of a training step. Running this part on its own can give the
 * discriminator a head start.
 */
export function createDiscriminatorStep(gan: PlaneGan): (step: tf.Scalar) => tf.Scalar {
  const { options } = gan;
  const weights = trainableVariables(gan.discriminator);
  const update = (loss: () => tf.Scalar) => descend(gan.discriminatorOptimizer, weights, loss);
  return (step) =>
    tf.tidy(() => {
      let loss = tf.scalar(0);
      for (let i = 0; i < options.discriminatorSteps; i++) {
        const seed = deriveSeed(options.seed, "plane", "real", i);
        const drawn = drawBlobs(options.batchSize, seed, step);
        const real = blur(drawn, options, `real ${i}`, step);
        const latents = latentsOf(options, `discriminator ${i}`, step);
        const made = gan.generator.apply(latents) as tf.Tensor2D;
        const generated = blur(made, options, `generated ${i}`, step);
        const onReal = update(() =>
          logitsOf(gan, real).neg().softplus().mean<tf.Scalar>()
            .add(slopePenalty(gan, real, options.slopePenalty))
        );
        const onGenerated = update(() => logitsOf(gan, generated).softplus().mean());
        loss = onReal.add(onGenerated).div(2);
      }
      return loss;
    });
}

/**
 * Computes the R1 penalty (Mescheder et al., arXiv 1801.04406). The squared length of the logit's
 * slope is averaged over the real points and then multiplied by half of `weight`.
 */
function slopePenalty(gan: PlaneGan, points: tf.Tensor2D, weight: number): tf.Scalar {
  if (weight === 0) return tf.scalar(0);
  const slopes = tf.grad((x: tf.Tensor) => twiceDifferentiable(gan.discriminator, x).sum())(points);
  return slopes.square().sum(1).mean<tf.Scalar>().mul(weight / 2);
}

/**
 * Returns the output of a network in a form that can be differentiated twice. tfjs cannot
 * differentiate the gradient of LeakyReLU, but it can differentiate the gradient of ReLU. LeakyReLU
 * is therefore composed of two ReLUs.
 */
function twiceDifferentiable(network: tf.LayersModel, points: tf.Tensor): tf.Tensor {
  const dense = network.layers.filter((layer) => layer.trainableWeights.length > 0);
  return dense.reduce((values, layer, i) => {
    const [kernel, bias] = layer.trainableWeights.map((weight) => weight.read());
    const sums = values.matMul(kernel).add(bias);
    return i === dense.length - 1 ? sums : sums.relu().sub(sums.neg().relu().mul(LEAKY_SLOPE));
  }, points);
}

/** Adds random noise to points, as proposed by Arjovsky and Bottou (arXiv 1701.04862). */
function blur(
  points: tf.Tensor2D,
  { seed, noise }: PlaneOptions,
  use: string,
  step: tf.Scalar,
): tf.Tensor2D {
  if (noise === 0) return points;
  const spread = normal<tf.Rank.R2>(
    points.shape,
    deriveSeed(seed, "plane", "noise", use),
    step,
  );
  return points.add(spread.mul(noise));
}

function logitsOf(gan: PlaneGan, points: tf.Tensor): tf.Tensor2D {
  return gan.discriminator.apply(points) as tf.Tensor2D;
}

function latentsOf({ seed, batchSize }: PlaneOptions, use: string, step: tf.Scalar): tf.Tensor2D {
  return drawLatents(batchSize, LATENT_SIZE, deriveSeed(seed, "plane", use), step);
}

/**
 * Takes one step of the optimizer to reduce the loss, and changes only `weights`. Returns the loss
 * before the change.
 */
function descend(
  optimizer: tf.Optimizer,
  weights: tf.Variable[],
  loss: () => tf.Scalar,
): tf.Scalar {
  const { value, grads } = tf.variableGrads(loss, weights);
  optimizer.applyGradients(grads);
  return value;
}
