/**
 * Lists the recipes that a search tries directly after the base. They were picked by hand, because
 * an hour-long search is too short to find good recipes at random. The search trains the picked
 * recipes in the same way as all other recipes, and only its results can show whether the picked
 * recipes are good.
 */
import type { TrainOptions } from "../../training/gan/options.ts";

export interface PickedRecipe {
  /** A short description of what the recipe tries, for the tables of the search. */
  readonly idea: string;
  /** The training options that differ from those of the base. */
  readonly changes: Partial<TrainOptions>;
}

/**
 * The options that the picked recipes share, unless a recipe overrides them:
 *
 * - A batch has 256 images, so that gradients are smoother. A latent has 32 numbers, which is no
 *   more than a digit needs.
 * - Adam does not average the gradient (`beta1` is 0). The generator's learning rate is four times
 *   the discriminator's, because the generator is the network that falls behind.
 * - In the updates of both networks, the generator's BatchNorm layers use the statistics of the
 *   batch. As a result, the discriminator sees the same images that the generator is trained on.
 * - The learning rates fall to zero, and the generator's weights are averaged over many steps.
 *   BatchNorm's statistics are estimated for the averaged weights. The learning rates are small in
 *   the last steps, so these steps should refine the averaged weights instead of shifting them.
 */
const shared = {
  batchSize: 256,
  latentSize: 32,
  beta1: 0,
  generatorLearningRate: 8e-4,
  discriminatorLearningRate: 2e-4,
  fakeStatistics: "batch",
  learningRateDecay: "linear",
  averageDecay: 0.9999,
  sampleStatistics: "estimated",
} as const satisfies Partial<TrainOptions>;

/** The picked recipes, in the order in which a search tries them. */
export const pickedRecipes: readonly PickedRecipe[] = Object.freeze([
  {
    // If the discriminator's layers become narrower towards the output, then the first layer keeps
    // more of the image. Strong dropout prevents the discriminator from getting far ahead of the
    // generator and from memorizing training images.
    idea: "wide discriminator, strong dropout",
    changes: { ...shared, discriminatorLayers: [1024, 512, 256], dropout: 0.85 },
  },
  {
    // A discriminator with more parameters needs more dropout.
    idea: "wider discriminator, stronger dropout",
    changes: { ...shared, discriminatorLayers: [1024, 768, 512], dropout: 0.9 },
  },
  {
    // The targets for generated images stay at 0. One-sided label smoothing was proposed with
    // targets of 0 for generated images.
    idea: "wide discriminator, one-sided smoothing",
    changes: {
      ...shared,
      discriminatorLayers: [1024, 512, 256],
      dropout: 0.9,
      labels: "one-sided",
    },
  },
  {
    // Each network has only two hidden layers, which are both wide. Both networks have the same
    // learning rate.
    idea: "two wide layers per network",
    changes: {
      ...shared,
      latentSize: 16,
      generatorLayers: [512, 1024],
      generatorActivation: "relu",
      discriminatorLayers: [1024, 512],
      generatorLearningRate: 4e-4,
      discriminatorLearningRate: 4e-4,
      beta1: 0.5,
      dropout: 0.7,
      fakeStatistics: "moving",
      batchNormMomentum: 0.99,
    },
  },
  {
    // This recipe is like the first one, but the latent has 64 numbers instead of 32, and the
    // dropout is 0.9 instead of 0.85.
    idea: "wide discriminator, larger latent",
    changes: { ...shared, discriminatorLayers: [1024, 512, 256], dropout: 0.9, latentSize: 64 },
  },
]);
