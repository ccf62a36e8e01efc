/**
 * Extracts LeNet features: the 84 outputs tanh(F6) of a LeNet-5 trained on MNIST (LeCun, Bottou,
 * Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998). The trained
 * network was published by gan-metrics-pytorch (github.com/abdulfatir/gan-metrics-pytorch,
 * Apache-2.0). The user provides the file.
 */
import * as tf from "@tensorflow/tfjs";
import type { Extractor } from "./extractor.ts";
import { createResizer } from "./resize.ts";
import { type NamedTensors, takeTensor } from "../weight_files/named_tensors.ts";
import { readFloatTable } from "../weight_files/float_table.ts";
import { readTorchFile } from "../weight_files/torch_file.ts";
import { type Network, networkExtractor } from "./network_extractor.ts";

/** Source of the published weights. */
export const publishedLenet = {
  source: "github.com/abdulfatir/gan-metrics-pytorch",
  file: "models/lenet.pth",
  commit: "c56c62b",
  /** SHA-256 of the file. */
  hash: "e4bed3817dd7723c605580e7b7393538a5dfc3508aacc4890b07e7f07c16bebf",
  /**
   * SHA-256 of the file's numbers as plain float32. The committed scores were computed from these
   * numbers.
   */
  hashOfNumbers: "95cba187a4f6e64dc021df4fff963457648ba7c6a6b3b8f769588be6f6a91ffb",
} as const;

const DIMENSION = 84;
const BATCH = 500;
/**
 * Height and width of the input. LeNet-5 was designed for 28x28 digits with a margin of two pixels.
 */
const SIDE = 32;

/** Shapes in PyTorch: `[out, in, height, width]` for convolutions, `[out, in]` for matrices. */
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
 * Opens the extractor for LeNet-FID, the Fréchet distance between LeNet features.
 *
 * @param path the published lenet.pth, or a JSON file for {@linkcode readFloatTable}
 * @throws {WeightFileError} when the file is missing or does not contain LeNet's weights
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
      // C5's filters cover whole feature maps, so the layer is a matrix product.
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
 * Reorders axes for tfjs: `[height, width, in, out]` for convolutions, `[in, out]` for matrices.
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
