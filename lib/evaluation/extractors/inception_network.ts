/**
 * Implements Inception v3 without its classifier. At the edges, average pooling does not count the
 * padding. In the last block, the Keras network uses average pooling. The network of the original
 * FID (a graph dated 2015-12-05) uses max pooling there instead (Heusel et al., arXiv 1706.08500;
 * source code of pytorch-fid).
 */
import * as tf from "@tensorflow/tfjs";
import { type Convolution, convolutions } from "./inception_convolutions.ts";

/** The weights of a convolution. They include the batch normalization that follows it. */
export interface ConvolutionWeights {
  /** Tensor of shape `[height, width, input channels, output channels]`. */
  readonly filters: tf.Tensor4D;
  /** Tensor of shape `[output channels]`. */
  readonly bias: tf.Tensor1D;
}

export type InceptionWeights = ReadonlyMap<string, ConvolutionWeights>;

export interface InceptionOptions {
  readonly weights: InceptionWeights;
  readonly lastPooling: "average" | "max";
}

/** Height and width of the input images in pixels. */
export const INCEPTION_SIDE = 299;
/** Number of features per image. */
export const INCEPTION_DIMENSION = 2048;

type Maps = tf.Tensor4D;

/**
 * Computes the features of images.
 *
 * @param images tensor of shape `[count, 299, 299, channels]` with values in [-1, 1]
 * @returns tensor of shape `[count, 2048]`
 */
export function inceptionFeatures(
  images: Maps,
  { weights, lastPooling }: InceptionOptions,
): tf.Tensor2D {
  const net = new Layers(weights);
  let x = net.chain(images, "", [
    "Conv2d_1a_3x3",
    "Conv2d_2a_3x3",
    "Conv2d_2b_3x3",
  ]);
  x = net.chain(halve(x), "", ["Conv2d_3b_1x1", "Conv2d_4a_3x3"]);
  x = halve(x);
  for (const block of ["5b", "5c", "5d"]) x = blockA(net, x, `Mixed_${block}.`);
  x = blockB(net, x, "Mixed_6a.");
  for (const block of ["6b", "6c", "6d", "6e"]) {
    x = blockC(net, x, `Mixed_${block}.`);
  }
  x = blockD(net, x, "Mixed_7a.");
  x = blockE(net, x, "Mixed_7b.", average);
  x = blockE(net, x, "Mixed_7c.", lastPooling === "max" ? largest : average);
  return x.mean([1, 2]);
}

class Layers {
  readonly #weights: InceptionWeights;
  readonly #convolutions: ReadonlyMap<string, Convolution>;

  constructor(weights: InceptionWeights) {
    this.#weights = weights;
    this.#convolutions = new Map(convolutions.map((one) => [one.name, one]));
  }

  one(x: Maps, name: string): Maps {
    const { filters, bias } = this.#weights.get(name)!;
    const { stride, padding } = this.#convolutions.get(name)!;
    return tf.conv2d(x, filters, stride, padding).add<Maps>(bias).relu();
  }

  chain(x: Maps, block: string, names: readonly string[]): Maps {
    return names.reduce((maps, name) => this.one(maps, block + name), x);
  }
}

/** Transforms 35x35 feature maps without changing their size. */
function blockA(net: Layers, x: Maps, block: string): Maps {
  return join([
    net.one(x, `${block}branch1x1`),
    net.chain(x, block, ["branch5x5_1", "branch5x5_2"]),
    net.chain(x, block, ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"]),
    net.one(average(x), `${block}branch_pool`),
  ]);
}

/** Reduces 35x35 feature maps to 17x17. */
function blockB(net: Layers, x: Maps, block: string): Maps {
  return join([
    net.one(x, `${block}branch3x3`),
    net.chain(x, block, ["branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"]),
    halve(x),
  ]);
}

/** Transforms 17x17 feature maps without changing their size. */
function blockC(net: Layers, x: Maps, block: string): Maps {
  const double = [1, 2, 3, 4, 5].map((i) => `branch7x7dbl_${i}`);
  return join([
    net.one(x, `${block}branch1x1`),
    net.chain(x, block, ["branch7x7_1", "branch7x7_2", "branch7x7_3"]),
    net.chain(x, block, double),
    net.one(average(x), `${block}branch_pool`),
  ]);
}

/** Reduces 17x17 feature maps to 8x8. */
function blockD(net: Layers, x: Maps, block: string): Maps {
  const long = [1, 2, 3, 4].map((i) => `branch7x7x3_${i}`);
  return join([
    net.chain(x, block, ["branch3x3_1", "branch3x3_2"]),
    net.chain(x, block, long),
    halve(x),
  ]);
}

/**
 * Transforms 8x8 feature maps without changing their size.
 *
 * @param pool pooling before the last branch
 */
function blockE(
  net: Layers,
  x: Maps,
  block: string,
  pool: (x: Maps) => Maps,
): Maps {
  const fork = (maps: Maps, names: readonly string[]) =>
    names.map((name) => net.one(maps, block + name));
  const double = net.chain(x, block, ["branch3x3dbl_1", "branch3x3dbl_2"]);
  return join([
    net.one(x, `${block}branch1x1`),
    ...fork(net.one(x, `${block}branch3x3_1`), [
      "branch3x3_2a",
      "branch3x3_2b",
    ]),
    ...fork(double, ["branch3x3dbl_3a", "branch3x3dbl_3b"]),
    net.one(pool(x), `${block}branch_pool`),
  ]);
}

function join(branches: readonly Maps[]): Maps {
  return tf.concat([...branches], 3);
}

function halve(x: Maps): Maps {
  return tf.maxPool(x, 3, 2, "valid");
}

function average(x: Maps): Maps {
  return tf.avgPool(x, 3, 1, "same");
}

function largest(x: Maps): Maps {
  return tf.maxPool(x, 3, 1, "same");
}
