/**
 * Derives the README's sentences about the default training options, and about the networks' losses
 * at the equilibrium of the GAN.
 */
import { LEAKY_SLOPE } from "../../models/dense_layers.ts";
import { labelPolicies, restingLosses } from "../../training/gan/labels.ts";
import { defaultTrainOptions } from "../../training/gan/options.ts";
import type { Sentence } from "./figures.ts";

const IMAGE_SIZE = 28 * 28;

export function optionSentences(): Sentence[] {
  const options = defaultTrainOptions;
  const { real, fake } = labelPolicies.random;
  const targets = (name: "fixed" | "one-sided" | "none") => {
    const { real, fake } = labelPolicies[name];
    return [real.from, fake.from];
  };
  const resting = restingLosses(labelPolicies.random);
  return [
    sentence("| latent | {} numbers from", options.latentSize),
    sentence(
      "| generator | dense {}, {}, {}, {}, each with LeakyReLU({}) and BatchNormalization(momentum {}); then dense {} with tanh",
      ...options.generatorLayers,
      LEAKY_SLOPE,
      options.batchNormMomentum,
      IMAGE_SIZE,
    ),
    sentence(
      "| discriminator | dense {}, {}, {}, {}, each with LeakyReLU({}); then dropout {} and",
      ...options.discriminatorLayers,
      LEAKY_SLOPE,
      options.dropout,
    ),
    sentence(
      "`random`: real {} to {}, generated {} to {} | `fixed` ({}, {}), `one-sided` ({}, {}), `none` ({}, {}); `real-only` or `fake-only`: `random` for that kind of image, `none` for the other |",
      ...[real, fake].flatMap(({ from, width }) => [from, from + width]),
      ...targets("fixed"),
      ...targets("one-sided"),
      ...targets("none"),
    ),
    {
      template: "one Adam per network, learning rate {}, β₁ {}",
      values: [
        options.generatorLearningRate.toExponential(),
        String(options.beta1),
      ],
    },
    sentence(
      "discriminator on {} real images, then on {} generated ones",
      options.batchSize,
      options.batchSize,
    ),
    sentence("decay {} with warm-up", options.averageDecay),
    sentence("then trains: {} epochs", options.epochs),
    sentence("{} epochs with the defaults below", options.epochs),
    {
      template: "the discriminator's loss would settle at {} and the generator's at {}",
      values: [resting.discriminator, resting.generator].map((loss) => loss.toFixed(3)),
    },
  ];
}

function sentence(template: string, ...numbers: readonly number[]): Sentence {
  return { template, values: numbers.map(String) };
}
