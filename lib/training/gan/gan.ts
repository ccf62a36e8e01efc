/**
 * A GAN in training: both networks, their optimizers, and the moving average of the generator.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../../random.ts";
import { buildDiscriminator, type Discriminator, logitsOf } from "../../models/discriminator.ts";
import { buildGenerator, type Generator } from "../../models/generator.ts";
import type { TrainedState } from "../checkpoint.ts";
import type { TrainOptions } from "./options.ts";

export interface Gan {
  readonly generator: Generator;
  readonly discriminator: Discriminator;
  /** The discriminator up to its logits; the same weights. */
  readonly logits: tf.LayersModel;
  /**
   * The generator whose weights are the moving average of the generator's, unless that is switched
   * off.
   */
  readonly average: Generator | undefined;
  readonly generatorOptimizer: tf.AdamOptimizer;
  readonly discriminatorOptimizer: tf.AdamOptimizer;
}

/**
 * Builds the networks and optimizers of a run, as they are before its first step.
 *
 * @param options the run's options; `options.seed` fixes the weights
 * @param imageSize numbers in an image: 784 for 28x28
 */
export function createGan(options: TrainOptions, imageSize: number): Gan {
  const discriminator = buildDiscriminator({
    imageSize,
    hidden: options.discriminatorLayers,
    activation: options.discriminatorActivation,
    dropout: options.dropout,
  }, deriveSeed(options.seed, "discriminator"));
  return {
    generator: createGenerator(options, imageSize),
    discriminator,
    logits: logitsOf(discriminator),
    // The same seed, hence the same initial weights: the average starts where the generator does.
    average: options.averageDecay > 0 ? createGenerator(options, imageSize) : undefined,
    // One optimizer a network: tfjs' Adam keeps its moments by a variable's position in the list
    // that it is given.
    generatorOptimizer: tf.train.adam(
      options.generatorLearningRate,
      options.beta1,
    ),
    discriminatorOptimizer: tf.train.adam(
      options.discriminatorLearningRate,
      options.beta1,
    ),
  };
}

/** A run's generator with its initial weights. */
export function createGenerator(
  options: TrainOptions,
  imageSize: number,
): Generator {
  return buildGenerator({
    latentSize: options.latentSize,
    hidden: options.generatorLayers,
    activation: options.generatorActivation,
    batchNormMomentum: options.batchNormMomentum,
    imageSize,
  }, deriveSeed(options.seed, "generator"));
}

/**
 * What training changes in a GAN, named as in its checkpoint: both networks, the average, both
 * optimizers.
 */
export function ganState(gan: Gan): TrainedState {
  return {
    networks: {
      generator: gan.generator,
      discriminator: gan.discriminator,
      ...(gan.average && { average: gan.average }),
    },
    optimizers: {
      generator_adam: gan.generatorOptimizer,
      discriminator_adam: gan.discriminatorOptimizer,
    },
  };
}

/** Frees every tensor of a GAN. */
export function disposeGan(gan: Gan): void {
  gan.generator.dispose();
  gan.average?.dispose();
  gan.discriminator.dispose();
  gan.generatorOptimizer.dispose();
  gan.discriminatorOptimizer.dispose();
}
