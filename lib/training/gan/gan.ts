import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../../random.ts";
import { buildDiscriminator, type Discriminator, logitsOf } from "../../models/discriminator.ts";
import { buildGenerator, type Generator } from "../../models/generator.ts";
import type { TrainedState } from "../checkpoint.ts";
import type { TrainOptions } from "./options.ts";

export interface Gan {
  readonly generator: Generator;
  readonly discriminator: Discriminator;
  /** The discriminator without its final sigmoid. This model shares the discriminator's weights. */
  readonly logits: tf.LayersModel;
  /**
   * A second generator, whose weights are the moving average of the weights of `generator`;
   * undefined if averaging is off.
   */
  readonly average: Generator | undefined;
  readonly generatorOptimizer: tf.AdamOptimizer;
  readonly discriminatorOptimizer: tf.AdamOptimizer;
}

/**
 * Creates the networks and the optimizers of a run in their initial state.
 *
 * @param imageSize number of pixels in an image, such as 784 for 28x28
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
    // The average starts with the same weights as the generator, because both have the same seed.
    average: options.averageDecay > 0 ? createGenerator(options, imageSize) : undefined,
    // tfjs' Adam finds the moments of a variable by the variable's position in the list of
    // variables, so two networks cannot share an optimizer.
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

/** Creates the generator of a run with its initial weights. */
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

/** Returns the state that training changes. */
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

/** Frees all tensors of a GAN. */
export function disposeGan(gan: Gan): void {
  gan.generator.dispose();
  gan.average?.dispose();
  gan.discriminator.dispose();
  gan.generatorOptimizer.dispose();
  gan.discriminatorOptimizer.dispose();
}
