/**
 * Times the training step of a small convolutional classifier. The network has two convolutions
 * with 32 and 64 filters, a max-pooling layer, a dense layer with 128 units and a softmax output.
 * It is trained with Adam.
 */
import * as tf from "@tensorflow/tfjs";
import { gatherNormalized } from "../dataset/batches.ts";
import { compile } from "../compile/mod.ts";
import type { ByteImages } from "../images.ts";
import { trainableVariables } from "../models/variables.ts";
import { randomStream } from "../random.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { peerNames } from "./peer_configurations.ts";

export const classifierNames = {
  compiled: "sudogan",
  exact: "sudogan, exact",
  eager: "tfjs-node, eager",
} as const;

export const classifierGoals: readonly Goal[] = [
  {
    contender: classifierNames.compiled,
    against: peerNames.keras,
    atMost: 1,
  },
  {
    contender: classifierNames.compiled,
    against: peerNames.torch,
    atMost: 0.6,
  },
  {
    contender: classifierNames.compiled,
    against: peerNames.tensorflow,
    atMost: 1,
  },
  {
    contender: classifierNames.compiled,
    against: peerNames.jax,
    atMost: 0.95,
  },
];

/** Number of images in a batch. */
export const classifierBatch = 128;
const CLASSES = 10;
const SEED = 1;

/**
 * Returns three contenders that run the same tfjs code: compiled, compiled with `exact: true`, and
 * eager (not compiled).
 */
export function classifierContenders(
  images: ByteImages,
  labels: Uint8Array,
): Contender[] {
  return [
    contender(classifierNames.compiled, images, labels, { exact: false }),
    contender(classifierNames.exact, images, labels, { exact: true }),
    contender(classifierNames.eager, images, labels),
  ];
}

function contender(
  name: string,
  images: ByteImages,
  labels: Uint8Array,
  compiled?: { readonly exact: boolean },
): Contender {
  const classifier = createBenchedClassifier(images);
  const graph = compile(classifier.step, compiled);
  const step = compiled ? graph : classifier.step;
  const stream = randomStream(SEED, "bench");
  const takeStep = () =>
    tf.tidy(() => {
      const indices = Uint32Array.from(
        { length: classifierBatch },
        () => stream.integer(images.count),
      );
      const x = tf.tensor4d(gatherNormalized(images, indices), [
        classifierBatch,
        images.height,
        images.width,
        1,
      ]);
      const y = tf.tensor1d(
        Int32Array.from(indices, (index) => labels[index]),
        "int32",
      );
      step(x, y).dataSync();
    });
  return timeFunction(name, takeStep, () => {
    graph.dispose();
    classifier.dispose();
  });
}

/** The benchmark's classifier. */
export interface BenchedClassifier {
  readonly model: tf.LayersModel;
  /**
   * Takes a training step.
   *
   * @param x images `[batch, height, width, 1]`
   * @param y the digits on the images, as int32
   * @returns the loss before the step
   */
  readonly step: (x: tf.Tensor4D, y: tf.Tensor1D) => tf.Scalar;
  dispose(): void;
}

/** Creates the classifier and its optimizer for images of the given size. */
export function createBenchedClassifier(
  size: Pick<ByteImages, "height" | "width">,
): BenchedClassifier {
  const model = buildModel(size);
  const optimizer: tf.Optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
  const variables = trainableVariables(model);
  return {
    model,
    step: (x, y) =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const logits = model.apply(x, { training: true }) as tf.Tensor2D;
          return tf.losses.softmaxCrossEntropy(tf.oneHot(y, CLASSES), logits)
            .asScalar();
        }, variables);

        optimizer.applyGradients(grads);
        return value;
      }),
    dispose() {
      model.dispose();
      optimizer.dispose();
    },
  };
}

function buildModel(
  { height, width }: Pick<ByteImages, "height" | "width">,
): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        filters: 32,
        kernelSize: 3,
        activation: "relu",
        inputShape: [height, width, 1],
      }),
      tf.layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 128, activation: "relu" }),
      tf.layers.dense({ units: CLASSES }),
    ],
  });
}
