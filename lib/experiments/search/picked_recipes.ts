/**
 * Lists recipes with which a search starts, next to the base. They were picked by hand, because a
 * search of an hour is too short to find good ones among random recipes. Nothing shows that they
 * are good except the search itself, which trains them like all others.
 */
import type { TrainOptions } from "../../training/gan/options.ts";

export interface PickedRecipe {
  /** Says what is tried, for the tables of the search. */
  readonly idea: string;
  /** The options that differ from the base's. */
  readonly changes: Partial<TrainOptions>;
}

/**
 * Options that all picked recipes share:
 *
 * - Batches of 256 images and a latent of 32 numbers: smoother gradients, and no more inputs than a
 *   digit needs.
 * - No first moment in Adam, and a generator that learns four times as fast as the discriminator:
 *   the generator is the network that falls behind.
 * - Batch statistics for generated images in both networks' updates, so that the discriminator sees
 *   the images that the generator is trained on.
 * - Rates that fall to zero, and a long average of the weights, with statistics to match: the last
 *   steps should improve the average and not move it.
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

/** The recipes, in the order in which they become candidates. */
export const pickedRecipes: readonly PickedRecipe[] = Object.freeze([
  {
    // A discriminator that narrows towards its output keeps more of the image in its first layer.
    // Strong dropout keeps it from getting far ahead and from memorizing training images.
    idea: "wide discriminator, strong dropout",
    changes: { ...shared, discriminatorLayers: [1024, 512, 256], dropout: 0.85 },
  },
  {
    // More parameters need more dropout.
    idea: "wider discriminator, stronger dropout",
    changes: { ...shared, discriminatorLayers: [1024, 768, 512], dropout: 0.9 },
  },
  {
    // Labels of generated images stay at 0, which is what one-sided smoothing was proposed for.
    idea: "wide discriminator, one-sided smoothing",
    changes: {
      ...shared,
      discriminatorLayers: [1024, 512, 256],
      dropout: 0.9,
      labels: "one-sided",
    },
  },
  {
    // Two hidden layers a network: few layers, all of them wide. Both networks learn at one rate.
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
    // The same as the first recipe with twice as large a latent.
    idea: "wide discriminator, larger latent",
    changes: { ...shared, discriminatorLayers: [1024, 512, 256], dropout: 0.9, latentSize: 64 },
  },
]);
