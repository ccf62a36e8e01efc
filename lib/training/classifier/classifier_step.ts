/**
 * Defines one training step of the classifier.
 *
 * A step's random numbers depend only on the run's seed and the step number. The
 * step's function does not read the values of tensors, so the function can be traced into a graph.
 */
import * as tf from "@tensorflow/tfjs";
import { CLASSES } from "../../models/classifier.ts";
import { deriveSeed } from "../../random.ts";
import { trainableVariables } from "../../models/variables.ts";
import { applyScheduled, scheduledFactor } from "../learning_rate.ts";
import type { TrainClassifierOptions } from "./options.ts";
import type { ClassifierTrainee } from "./trainee.ts";

/** The names of the values that a step returns, in order. */
export const classifierMeasures = ["loss", "error"] as const;
export type ClassifierMeasure = (typeof classifierMeasures)[number];

/**
 * Trains the classifier on one batch.
 *
 * @param images `[batch, height, width, 1]`, values from 0 to 1
 * @param labels `[batch]`, int32, digits from 0 to 9
 * @param step number of the step, counted from 0; int32
 * @returns `[2]`: the mean cross-entropy in nats and the error rate, both measured with dropout and
 * before the weights are updated
 */
export type ClassifierStep = (
  images: tf.Tensor4D,
  labels: tf.Tensor1D,
  step: tf.Scalar,
) => tf.Tensor1D;

/**
 * Creates the training step of a classifier.
 *
 * @param steps number of steps in the whole run
 */
export function createClassifierStep(
  { model, optimizer }: ClassifierTrainee,
  options: Pick<TrainClassifierOptions, "seed" | "learningRateDecay">,
  steps: number,
): ClassifierStep {
  const variables = trainableVariables(model);
  const seed = deriveSeed(options.seed, "step", "dropout");
  return (images, labels, step) =>
    tf.tidy(() => {
      let error: tf.Scalar | undefined;
      const { value, grads } = tf.variableGrads(() => {
        const logits = model.apply(images, {
          training: true,
          dropout: { seed, step },
        }) as tf.Tensor2D;
        error = tf.keep(shareOfErrors(labels, logits));
        return crossEntropy(labels, logits);
      }, variables);
      const rate = scheduledFactor(options.learningRateDecay, step, steps);
      applyScheduled(optimizer, variables, grads, rate);
      const measured = tf.stack([value, error!]) as tf.Tensor1D;
      error!.dispose();
      return measured;
    });
}

/** Returns the mean cross-entropy between the labels and softmax(logits), in nats. */
export function crossEntropy(
  labels: tf.Tensor1D,
  logits: tf.Tensor2D,
): tf.Scalar {
  const right = tf.oneHot(labels, CLASSES).mul(logits).sum(1);
  return tf.logSumExp(logits, 1).sub(right).mean();
}

function shareOfErrors(labels: tf.Tensor1D, logits: tf.Tensor2D): tf.Scalar {
  return logits.argMax(1).notEqual(labels).cast("float32").mean();
}
