/**
 * Extracts Inception features. There are two extractors, each with its own weights:
 * - `keras-inception` uses Keras' InceptionV3 without its top layer. It resizes images to 299x299
 *   by nearest-neighbour interpolation.
 * - `fid-inception` uses the network of the original FID, as published for PyTorch by pytorch-fid.
 *   It resizes images to 299x299 by bilinear interpolation.
 */
import * as tf from "@tensorflow/tfjs";
import type { Extractor } from "./extractor.ts";
import { createResizer, type ResizeMethod } from "./resize.ts";
import type { NamedTensors } from "../weight_files/named_tensors.ts";
import {
  INCEPTION_DIMENSION,
  INCEPTION_SIDE,
  inceptionFeatures,
  type InceptionOptions,
  type InceptionWeights,
} from "./inception_network.ts";
import { kerasInception, torchInception } from "./inception_weights.ts";
import { networkExtractor } from "./network_extractor.ts";

export type InceptionName = "keras-inception" | "fid-inception";

interface Form {
  readonly metric: string;
  readonly resize: ResizeMethod;
  readonly lastPooling: InceptionOptions["lastPooling"];
  readonly weights: (tensors: NamedTensors, path: string) => InceptionWeights;
}

const forms: Readonly<Record<InceptionName, Form>> = {
  "keras-inception": {
    metric: "FID-Keras",
    resize: "nearest",
    lastPooling: "average",
    weights: kerasInception,
  },
  "fid-inception": {
    metric: "FID",
    resize: "bilinear",
    lastPooling: "max",
    weights: torchInception,
  },
};

/** The size of an extractor's input images. */
export interface ImageSize {
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /** Number of colour channels: 1 for gray images, 3 for RGB images. */
  readonly channels: 1 | 3;
}

export interface InceptionInput {
  readonly tensors: NamedTensors;
  /** SHA-256 of the file that contains the weights. */
  readonly hash: string;
  readonly path: string;
  readonly images: ImageSize;
}

const BATCH = 16;

/**
 * Creates an Inception extractor.
 *
 * @param images size of the images that the extractor will receive
 * @throws {WeightFileError} when the tensors are not the weights of the named network
 */
export function inceptionExtractor(
  name: InceptionName,
  { tensors, hash, path, images }: InceptionInput,
): Extractor {
  const { metric, resize, lastPooling, weights: read } = forms[name];
  const weights = forChannels(read(tensors, path), images.channels);
  const resizer = createResizer({
    from: [images.height, images.width],
    to: [INCEPTION_SIDE, INCEPTION_SIDE],
    method: resize,
  });
  return networkExtractor({
    name,
    metric,
    hash,
    dimension: INCEPTION_DIMENSION,
    batchSize: BATCH,
    ...images,
  }, {
    forward: (pixels) =>
      inceptionFeatures(resizer.resize(pixels.div(127.5).sub(1)), {
        weights,
        lastPooling,
      }),
    dispose() {
      resizer.dispose();
      for (const { filters, bias } of weights.values()) {
        tf.dispose([filters, bias]);
      }
    },
  });
}

/**
 * Adapts the weights to the images' number of channels. For gray images, each filter of the first
 * layer is summed over its three input channels. The features are then the same as if the gray
 * values had been copied to three channels.
 */
function forChannels(
  weights: InceptionWeights,
  channels: ImageSize["channels"],
): InceptionWeights {
  if (channels === 3) return weights;
  const [[name, { filters, bias }]] = weights;
  const summed = tf.sum<tf.Tensor4D>(filters, 2, true);
  filters.dispose();
  return new Map([...weights, [name, { filters: summed, bias }]]);
}
