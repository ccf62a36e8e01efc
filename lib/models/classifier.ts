/**
 * Builds the classifier, which maps an image of a digit to ten logits.
 *
 * The classifier consists of 3x3 or 5x5 convolutions, each with BatchNormalization and ReLU, and
 * two dense layers (LeCun et al., "Gradient-based learning applied to document recognition", 1998,
 * plus later techniques). Max-pooling comes before normalization and ReLU, to save work. The order
 * of max-pooling and ReLU does not change the result.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";
import { SeededDropout } from "./dropout.ts";

export interface ClassifierOptions {
  readonly filters: readonly number[];
  readonly kernels: readonly number[];
  /**
   * The numbers of the convolutions that are followed by 2x2 max-pooling, counted from 1.
   */
  readonly pools: readonly number[];
  readonly features: number;
  readonly dropout: number;
}

/** Number of classes: one for each of the ten digits. */
export const CLASSES = 10;

const FEATURES_LAYER = "features";

/**
 * Builds a classifier that maps images `[batch, height, width, 1]`, with values in [0, 1], to
 * logits `[batch, 10]`.
 *
 * @throws {RangeError} when convolutions and pooling shrink the image to nothing
 */
export function buildClassifier(
  options: ClassifierOptions,
  size: { readonly height: number; readonly width: number },
  seed: number,
): tf.Sequential {
  requireRoom(options, size);
  const model = tf.sequential({ name: "classifier" });
  options.filters.forEach((filters, i) => {
    const name = `convolution_${i + 1}`;
    model.add(tf.layers.conv2d({
      name,
      filters,
      kernelSize: options.kernels[i],
      // The normalization layer adds a bias anyway.
      useBias: false,
      kernelInitializer: initializer(seed, name),
      ...(i === 0 ? { inputShape: [size.height, size.width, 1] } : {}),
    }));
    if (options.pools.includes(i + 1)) {
      model.add(
        tf.layers.maxPooling2d({ poolSize: 2, name: `pool_${i + 1}` }),
      );
    }
    model.add(tf.layers.batchNormalization({ name: `batch_norm_${i + 1}` }));
    model.add(tf.layers.reLU({ name: `relu_${i + 1}` }));
  });
  model.add(tf.layers.flatten({ name: "flatten" }));
  model.add(denseLayer("hidden", options.features, seed));
  model.add(tf.layers.reLU({ name: FEATURES_LAYER }));
  model.add(new SeededDropout({ rate: options.dropout, name: "dropout" }));
  model.add(denseLayer("logits", CLASSES, seed));
  return model;
}

/**
 * Returns a model that consists of the classifier's layers up to the features. The model shares its
 * weights with the classifier, and maps `[batch, height, width, 1]` to `[batch, features]`.
 */
export function featureModel(classifier: tf.LayersModel): tf.LayersModel {
  const outputs = classifier.getLayer(FEATURES_LAYER)
    .output as tf.SymbolicTensor;
  return tf.model({
    inputs: classifier.inputs,
    outputs,
    name: "classifier_features",
  });
}

function denseLayer(name: string, units: number, seed: number) {
  return tf.layers.dense({
    name,
    units,
    kernelInitializer: initializer(seed, name),
  });
}

/** Returns He's initializer, which is meant for layers with ReLU (He et al., arXiv 1502.01852). */
function initializer(seed: number, name: string) {
  return tf.initializers.heNormal({ seed: deriveSeed(seed, name) });
}

function requireRoom(
  options: ClassifierOptions,
  { height, width }: { readonly height: number; readonly width: number },
): void {
  let side = Math.min(height, width);
  options.filters.forEach((_, i) => {
    side -= options.kernels[i] - 1;
    if (options.pools.includes(i + 1)) side = Math.floor(side / 2);
  });
  if (side >= 1) return;
  throw new RangeError(
    `Building a classifier: convolutions of ${options.kernels} with pooling after ${options.pools} shrink ` +
      `an image of ${height}x${width} to nothing.`,
  );
}
