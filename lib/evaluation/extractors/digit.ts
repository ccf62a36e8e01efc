import * as tf from "@tensorflow/tfjs";
import type { Extractor } from "./extractor.ts";
import { networkExtractor } from "./network_extractor.ts";

const BATCH = 500;

/** A digit classifier whose internal activations serve as features. */
export interface DigitClassifier {
  /** The network. It maps `[count, height, width, channels]` to `[count, classes]`. */
  readonly model: tf.LayersModel;
  /** SHA-256 of the network's weights. */
  readonly hash: string;
  /**
   * The range of pixel values that the model expects; the first value is black, the last is white.
   */
  readonly range: "0..1" | "-1..1";
}

/**
 * Creates the extractor for digit-FID. This metric is the Fréchet distance between the features of
 * two sets of images. The features of an image are the values that enter the last layer with
 * weights in the classifier. Disposing of the extractor also disposes of the model.
 *
 * @throws {RangeError} when the model is not a classifier of images of one fixed size
 */
export function digitExtractor(
  { model, hash, range }: DigitClassifier,
): Extractor {
  const [height, width, channels] = imageSize(model);
  const penultimate = penultimateOf(model);
  const features = tf.model({ inputs: model.inputs, outputs: penultimate });
  const extractor = networkExtractor({
    name: "digit",
    metric: "digit-FID",
    hash,
    dimension: penultimate.shape[1]!,
    batchSize: BATCH,
    height,
    width,
    channels,
  }, {
    forward(pixels) {
      const input = range === "0..1" ? pixels.div(255) : pixels.sub(127.5).div(127.5);
      return features.apply(input, { training: false }) as tf.Tensor2D;
    },
    dispose: () => void model.dispose(),
  });
  if (!(model instanceof tf.Sequential)) return extractor;
  const layers = model.layers.slice(model.layers.findLastIndex(hasWeights));
  return { ...extractor, outputs: (values) => applyLayers(layers, values, extractor.dimension) };
}

function hasWeights({ weights }: tf.layers.Layer): boolean {
  return weights.length > 0;
}

/** Applies layers to features in inference mode, one layer after the other. */
async function applyLayers(
  layers: readonly tf.layers.Layer[],
  features: Float32Array,
  dimension: number,
): Promise<Float32Array> {
  const outputs = tf.tidy(() =>
    layers.reduce<tf.Tensor>(
      (x, layer) => layer.apply(x, { training: false }) as tf.Tensor,
      tf.tensor2d(features, [features.length / dimension, dimension]),
    )
  );
  try {
    return await outputs.data<"float32">();
  } finally {
    outputs.dispose();
  }
}

function imageSize(
  { inputs }: tf.LayersModel,
): [height: number, width: number, channels: 1 | 3] {
  const [, height, width, channels] = inputs[0].shape;
  if (
    inputs.length === 1 && inputs[0].shape.length === 4 && height && width &&
    (channels === 1 || channels === 3)
  ) return [height, width, channels];
  throw refused("one input [batch, height, width, 1 or 3]", inputs[0].shape);
}

function penultimateOf({ layers }: tf.LayersModel): tf.SymbolicTensor {
  const last = layers.findLast(hasWeights);
  const input = last?.input;
  if (
    input instanceof tf.SymbolicTensor && input.shape.length === 2 &&
    input.shape[1]
  ) return input;
  throw refused(
    "a last layer with weights that takes [batch, features]",
    Array.isArray(input) ? [] : input?.shape ?? [],
  );
}

function refused(
  wanted: string,
  shape: readonly (number | null)[],
): RangeError {
  return new RangeError(
    `Taking digit features of a model: wanted ${wanted}, found ` +
      `[${shape.map((size) => size ?? "any")}].`,
  );
}
