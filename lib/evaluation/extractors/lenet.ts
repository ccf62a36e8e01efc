/**
 * Extracts LeNet features. LeNet features are the 84 outputs, after tanh, of layer F6 in a LeNet-5
 * trained on MNIST (LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
 * recognition", 1998). The trained network was published by gan-metrics-pytorch
 * (github.com/abdulfatir/gan-metrics-pytorch, Apache-2.0). Users must download the file with its
 * weights themselves.
 */
import * as tf from "@tensorflow/tfjs";
import type { Extractor } from "./extractor.ts";
import { createResizer } from "./resize.ts";
import { type NamedTensors, takeTensor } from "../weight_files/named_tensors.ts";
import { readFloatTable } from "../weight_files/float_table.ts";
import { readTorchFile } from "../weight_files/torch_file.ts";
import { type Network, networkExtractor } from "./network_extractor.ts";

/** Where the trained weights were published, and their hashes. */
export const publishedLenet = {
  source: "github.com/abdulfatir/gan-metrics-pytorch",
  file: "models/lenet.pth",
  commit: "c56c62b",
  /** SHA-256 of the file. */
  hash: "e4bed3817dd7723c605580e7b7393538a5dfc3508aacc4890b07e7f07c16bebf",
  /**
   * SHA-256 of the weights as plain float32 numbers. The scores committed in this repository were
   * computed with these weights.
   */
  hashOfNumbers: "95cba187a4f6e64dc021df4fff963457648ba7c6a6b3b8f769588be6f6a91ffb",
} as const;

const DIMENSION = 84;
const BATCH = 500;
/**
 * Height and width in pixels of the network's input. LeNet-5 was designed for 28x28 images of
 * digits, with a margin of two pixels added on each side.
 */
const SIDE = 32;

/**
 * Shapes of the weights in PyTorch's order: convolutions have `[out, in, height, width]`, and
 * matrices have `[out, in]`.
 */
const shapes = {
  "convnet.c1.weight": [6, 1, 5, 5],
  "convnet.c1.bias": [6],
  "convnet.c3.weight": [16, 6, 5, 5],
  "convnet.c3.bias": [16],
  "convnet.c5.weight": [120, 16, 5, 5],
  "convnet.c5.bias": [120],
  "fc.f6.weight": [84, 120],
  "fc.f6.bias": [84],
} as const;

type Layer = keyof typeof shapes;

/**
 * Opens the extractor for LeNet-FID. This metric is the Fréchet distance between the LeNet features
 * of two sets of images.
 *
 * @param path the published lenet.pth, or a JSON file for {@linkcode readFloatTable}
 * @throws {WeightFileError} when the file is missing or does not contain the weights of LeNet-5
 */
export async function openLenet(path: string): Promise<Extractor> {
  const { tensors, hash } =
    await (path.endsWith(".json") ? readFloatTable(path) : readTorchFile(path));
  return networkExtractor({
    name: "lenet",
    metric: "LeNet-FID",
    hash,
    dimension: DIMENSION,
    batchSize: BATCH,
    height: 28,
    width: 28,
    channels: 1,
  }, buildLenet(tensors, path));
}

function buildLenet(tensors: NamedTensors, path: string): Network {
  const weights = readLayers(tensors, path);
  const resizer = createResizer({
    from: [28, 28],
    to: [SIDE, SIDE],
    method: "bilinear",
  });
  const convolve = (x: tf.Tensor4D, name: "c1" | "c3") => {
    const filters = weights[`convnet.${name}.weight`] as tf.Tensor4D;
    const sums = tf.conv2d(x, filters, 1, "valid")
      .add<tf.Tensor4D>(weights[`convnet.${name}.bias`]);
    return tf.maxPool(sums.tanh(), 2, 2, "valid");
  };
  const connect = (x: tf.Tensor2D, name: "convnet.c5" | "fc.f6") => {
    const [bias, weight] = [weights[`${name}.bias`], weights[`${name}.weight`]];
    const matrix = weight.reshape<tf.Tensor2D>([-1, bias.size]);
    return x.matMul<tf.Tensor2D>(matrix).add<tf.Tensor2D>(bias).tanh();
  };
  return {
    forward(pixels) {
      const image = resizer.resize(pixels.div(255));
      const maps = convolve(convolve(image, "c1"), "c3");
      // The filters of the layer C5 cover whole feature maps, so the layer is computed as a matrix
      // product.
      return connect(
        connect(maps.reshape([-1, 5 * 5 * 16]), "convnet.c5"),
        "fc.f6",
      );
    },
    dispose() {
      resizer.dispose();
      tf.dispose(weights);
    },
  };
}

/**
 * Creates the weights' tensors, with their axes in the order of tfjs: `[height, width, in, out]`
 * for convolutions, `[in, out]` for matrices.
 */
function readLayers(
  tensors: NamedTensors,
  path: string,
): Record<Layer, tf.Tensor> {
  const wanted = Object.entries(shapes) as [Layer, readonly number[]][];
  const found = wanted.map(([name, shape]) => takeTensor(tensors, { name, shape, path }));
  const layers = wanted.map(([name, shape], i) =>
    [
      name,
      tf.tidy(() => {
        const tensor = tf.tensor(found[i].values, [...shape]);
        const axes = [[], [0], [1, 0], [], [2, 3, 1, 0]][shape.length];
        return tf.transpose(tensor, axes);
      }),
    ] as const
  );
  return Object.fromEntries(layers) as Record<Layer, tf.Tensor>;
}
