/**
 * Defines one training step of a GAN (Goodfellow et al., arXiv 1406.2661), with the non-saturating
 * generator loss.
 *
 * The random numbers in a step depend only on the seed of the run and the number of the step. The
 * code of a step never reads the values of a tensor, so the step can be traced into a graph.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../../random.ts";
import type { CallArguments } from "../../models/dropout.ts";
import { drawLatents } from "../../models/latent.ts";
import type { Gan } from "./gan.ts";
import { allVariables, trainableVariables } from "../../models/variables.ts";
import { drawTargets, labelPolicies } from "./labels.ts";
import { applyScheduled, scheduledFactor } from "../learning_rate.ts";
import { binaryCrossEntropy } from "./losses.ts";
import type { TrainOptions } from "./options.ts";

/** The names of the measures that a step returns, in order. */
export const stepMeasures = [
  "discriminatorLoss",
  "generatorLoss",
  "realScore",
  "fakeScore",
] as const;

/** The measures of a step. The losses are in nats. The scores are probabilities. */
export type StepValues = Readonly<Record<(typeof stepMeasures)[number], number>>;

/**
 * @param images real images of shape `[batch, imageSize]`, with values in [-1, 1]
 * @param step number of the step, counted from 0, as an int32
 * @returns a tensor of shape `[4]` with the values of {@linkcode stepMeasures}; the discriminator's
 * loss is the mean of its losses on real and on generated images
 */
export type GanStep = (images: tf.Tensor2D, step: tf.Scalar) => tf.Tensor1D;

/**
 * Creates the training step of a GAN.
 *
 * @param steps number of steps in the whole run
 */
export function createGanStep(
  gan: Gan,
  options: TrainOptions,
  steps: number,
): GanStep {
  const variables = {
    generator: trainableVariables(gan.generator),
    discriminator: trainableVariables(gan.discriminator),
  };
  return (images, step) =>
    tf.tidy(() => {
      const rate = scheduledFactor(options.learningRateDecay, step, steps);
      return takeStep({ gan, options, variables, step, rate }, images);
    });
}

interface StepParts {
  readonly gan: Gan;
  readonly options: TrainOptions;
  readonly variables: Readonly<Record<"generator" | "discriminator", tf.Variable[]>>;
  readonly step: tf.Scalar;
  /**
   * The factor by which both learning rates are multiplied; undefined if the rates stay constant.
   */
  readonly rate: tf.Scalar | undefined;
}

function takeStep(parts: StepParts, images: tf.Tensor2D): tf.Tensor1D {
  const { gan, options, step } = parts;
  const count = images.shape[0];
  const real: Update[] = [];
  const fake: Update[] = [];
  const generated: Update[] = [];
  for (let i = 0; i < options.discriminatorSteps; i++) {
    real.push(trainOnReal(parts, images, i));
    fake.push(trainOnFake(parts, count, i));
  }
  for (let i = 0; i < options.generatorSteps; i++) {
    generated.push(trainGenerator(parts, count, i));
  }
  if (gan.average) moveAverage(gan.average, gan.generator, step, options);
  const [onReal, onFake, ofGenerator] = [real, fake, generated]
    .map((updates) => updates[updates.length - 1]);
  return tf.stack([
    onReal.loss.add(onFake.loss).div(2),
    ofGenerator.loss,
    onReal.score,
    onFake.score,
  ]) as tf.Tensor1D;
}

function trainOnReal(parts: StepParts, images: tf.Tensor2D, repeat: number): Update {
  const { options, step } = parts;
  const draw = seedsOf(options.seed, "real", repeat);
  const targets = drawTargets(
    labelPolicies[options.labels].real,
    images.shape[0],
    draw("targets"),
    step,
  );
  return trainDiscriminator(parts, images, targets, draw("dropout"));
}

function trainOnFake(parts: StepParts, count: number, repeat: number): Update {
  const { gan, options, step } = parts;
  const draw = seedsOf(options.seed, "fake", repeat);
  const targets = drawTargets(labelPolicies[options.labels].fake, count, draw("targets"), step);
  const latents = drawLatents(count, options.latentSize, draw("latents"), step);
  const fakes = gan.generator.apply(latents, {
    training: options.fakeStatistics === "batch",
  }) as tf.Tensor2D;
  return trainDiscriminator(parts, fakes, targets, draw("dropout"));
}

function trainDiscriminator(
  { gan, variables, step, rate }: StepParts,
  images: tf.Tensor2D,
  targets: tf.Tensor2D,
  seed: number,
): Update {
  return update(gan.discriminatorOptimizer, variables.discriminator, rate, () => {
    const logits = judge(gan, images, { training: true, dropout: { seed, step } });
    return { loss: binaryCrossEntropy(targets, logits), logits };
  });
}

function trainGenerator(
  { gan, options, variables, step, rate }: StepParts,
  count: number,
  repeat: number,
): Update {
  const draw = seedsOf(options.seed, "combined", repeat);
  const latents = drawLatents(count, options.latentSize, draw("latents"), step);
  return update(gan.generatorOptimizer, variables.generator, rate, () => {
    const fakes = gan.generator.apply(latents, { training: true }) as tf.Tensor2D;
    const dropout = { seed: draw("dropout"), step };
    const logits = judge(gan, fakes, { training: true, dropout });
    return { loss: binaryCrossEntropy(tf.onesLike(logits), logits), logits };
  });
}

/**
 * The loss of one network before its update, and the discriminator's mean estimate of the
 * probability that an image is real.
 */
interface Update {
  readonly loss: tf.Scalar;
  readonly score: tf.Scalar;
}

function update(
  optimizer: tf.Optimizer,
  variables: tf.Variable[],
  rate: tf.Scalar | undefined,
  forward: () => { loss: tf.Scalar; logits: tf.Tensor2D },
): Update {
  let score: tf.Scalar | undefined;
  const { value, grads } = tf.variableGrads(() => {
    const { loss, logits } = forward();
    score = tf.keep(logits.sigmoid().mean<tf.Scalar>());
    return loss;
  }, variables);
  applyScheduled(optimizer, variables, grads, rate);
  // Unlike a kept tensor, the clone is freed at the end of the step.
  const result = { loss: value, score: score!.clone() };
  score!.dispose();
  return result;
}

function judge(
  gan: Gan,
  images: tf.Tensor2D,
  args: CallArguments,
): tf.Tensor2D {
  return gan.logits.apply(images, { ...args }) as tf.Tensor2D;
}

function seedsOf(
  seed: number,
  update: string,
  repeat: number,
): (what: string) => number {
  return (what) => deriveSeed(seed, "step", update, repeat, what);
}

/**
 * Updates the moving average of the generator's weights: average ← d·average + (1 − d)·weight. The
 * decay d starts low and grows to `averageDecay`, so that the average soon forgets the untrained
 * weights.
 */
function moveAverage(
  average: tf.LayersModel,
  generator: tf.LayersModel,
  step: tf.Scalar,
  options: TrainOptions,
): void {
  const t = step.cast("float32");
  const decay = t.add(1).div(t.add(options.averageWarmup)).minimum(
    options.averageDecay,
  );
  const weights = allVariables(generator);
  allVariables(average).forEach((mean, i) => {
    mean.assign(weights[i].add(mean.sub(weights[i]).mul(decay)));
  });
}
