/**
 * The convolutional training step that the benchmarks time against Keras and PyTorch: conv 32, conv 64, max-pooling,
 * dense 128, dense 10, Adam, in ordinary tfjs. Not the project's own classifier, which is cheaper; this one is the usual
 * first example of each of those libraries.
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Compiled } from "../engine/compile.ts";
import { uniform } from "../engine/random_tensors.ts";
import { trainableVariables } from "../training/gan.ts";
import { applyScheduled } from "../training/learning_rate.ts";
import { crossEntropy } from "../training/classifier/classifier_step.ts";

export interface BenchedStep {
  /** Takes one step on the same batch, to its end. @returns the loss before the update, nats */
  step(): number;
  dispose(): void;
}

/**
 * Builds network, optimizer and a batch of noise in [0, 1], of 28x28 pixels and with labels 0 to 9.
 *
 * @param options.batch images in a step, default 128
 * @param options.compiled default true; else the step is taken operation by operation
 */
export function benchClassifierStep(
  { batch = 128, compiled = true }: {
    readonly batch?: number;
    readonly compiled?: boolean;
  } = {},
): BenchedStep {
  const model = buildModel();
  const optimizer = tf.train.adam(1e-3);
  const variables = trainableVariables(model);
  const plain = (images: tf.Tensor4D, labels: tf.Tensor1D) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => {
        const logits = model.apply(images, { training: true }) as tf.Tensor2D;
        return crossEntropy(labels, logits);
      }, variables);
      applyScheduled(optimizer, variables, grads, undefined);
      return value;
    });
  const step: typeof plain & Partial<Pick<Compiled<typeof plain>, "dispose">> =
    compiled ? compile(plain) : plain;
  const images = uniform<tf.Rank.R4>([batch, 28, 28, 1], 1, 0);
  const labels = tf.tensor1d(
    Int32Array.from({ length: batch }, (_, i) => i % 10),
  );
  return {
    step: () => {
      const loss = step(images, labels);
      const [value] = loss.dataSync();
      loss.dispose();
      return value;
    },
    dispose: () => {
      step.dispose?.();
      tf.dispose([images, labels]);
      model.dispose();
      optimizer.dispose();
    },
  };
}

function buildModel(): tf.Sequential {
  const convolution = { kernelSize: 3, activation: "relu" } as const;
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...convolution,
        filters: 32,
        inputShape: [28, 28, 1],
      }),
      tf.layers.conv2d({ ...convolution, filters: 64 }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 128, activation: "relu" }),
      tf.layers.dense({ units: 10 }),
    ],
  });
}
