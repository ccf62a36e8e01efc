/**
 * Prepares the weights of Inception v3. Each batch normalization is merged ("folded") into the
 * convolution before it. This changes the network's output only by rounding errors, because both
 * operations are linear.
 */
import * as tf from "@tensorflow/tfjs";
import { type NamedTensor, type NamedTensors, takeTensor } from "../weight_files/named_tensors.ts";
import { WeightFileError } from "../weight_files/weight_file_error.ts";
import { type Convolution, convolutions } from "./inception_convolutions.ts";
import type { ConvolutionWeights, InceptionWeights } from "./inception_network.ts";

/**
 * A small number that batch normalization adds to each variance. Keras and torchvision both use
 * this value in Inception v3.
 */
const EPSILON = 1e-3;

interface NormalizedConvolution {
  readonly filters: NamedTensor;
  /**
   * Order of the filters' axes: H for height, W for width, I for input channels, O for output
   * channels.
   */
  readonly layout: "HWIO" | "OIHW";
  /**
   * The factor by which batch normalization multiplies each output channel after dividing by the
   * standard deviation; undefined if every factor is 1.
   */
  readonly scale: Float32Array | undefined;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

type Source = (
  convolution: Convolution,
  index: number,
) => NormalizedConvolution;

/**
 * Builds the network's weights from the tensors of the file that pytorch-fid published.
 *
 * @throws {WeightFileError} when a tensor is missing or has a different shape
 */
export function torchInception(
  tensors: NamedTensors,
  path: string,
): InceptionWeights {
  return makeReady(({ name, shape: [height, width, channelsIn, out] }) => {
    const take = (part: string, shape: readonly number[] = [out]) =>
      takeTensor(tensors, { name: `${name}.${part}`, shape, path });
    return {
      filters: take("conv.weight", [out, channelsIn, height, width]),
      layout: "OIHW",
      scale: take("bn.weight").values,
      shift: take("bn.bias").values,
      mean: take("bn.running_mean").values,
      variance: take("bn.running_var").values,
    };
  });
}

/**
 * Builds the network's weights from the tensors of the HDF5 file that Keras published. In this
 * file, the numbers in the layers' names give the order in which Keras created the layers.
 *
 * @throws {WeightFileError} when a tensor is missing or has a different shape
 */
export function kerasInception(
  tensors: NamedTensors,
  path: string,
): InceptionWeights {
  const layers = {
    conv2d: numberedLayers(tensors, "conv2d", path),
    batch_normalization: numberedLayers(tensors, "batch_normalization", path),
  };
  return makeReady(({ shape }, i) => {
    const take = (
      layer: keyof typeof layers,
      part: string,
      wanted: readonly number[],
    ) => {
      const names = layers[layer][i];
      const name = names.find((name) => name.split("/").at(-1)!.split(":")[0] === part);
      return takeTensor(tensors, {
        name: name ?? `${layer}_${i + 1}/${part}`,
        shape: wanted,
        path,
      });
    };
    const normalization = (part: string) => take("batch_normalization", part, [shape[3]]).values;
    return {
      filters: take("conv2d", "kernel", shape),
      layout: "HWIO",
      scale: undefined,
      shift: normalization("beta"),
      mean: normalization("moving_mean"),
      variance: normalization("moving_variance"),
    };
  });
}

/**
 * Returns the names of each layer's tensors, sorted by the number in the layer's name. The name of
 * the first layer may have no number.
 *
 * @param kind name of the layers without their number, such as "conv2d"
 */
function numberedLayers(
  tensors: NamedTensors,
  kind: string,
  path: string,
): string[][] {
  const byNumber = new Map<number, string[]>();
  for (const name of tensors.keys()) {
    const found = /^([a-z0-9_]*?[a-z][a-z0-9]*?)(?:_(\d+))?\//.exec(name);
    if (found?.[1] !== kind) continue;
    const number = Number(found[2] ?? 0);
    byNumber.set(number, [...byNumber.get(number) ?? [], name]);
  }
  if (byNumber.size !== convolutions.length) {
    throw new WeightFileError(
      `${path}: wanted ${convolutions.length} layers ${kind}_1, ${kind}_2, …, found ${byNumber.size}. Is it a file of ` +
        "another network?",
    );
  }
  return [...byNumber].sort(([a], [b]) => a - b).map(([, names]) => names);
}

function makeReady(source: Source): InceptionWeights {
  // All tensors are looked up before any is created, so that a rejected file leaves no tensors
  // behind.
  const found = convolutions.map((convolution, i) =>
    [convolution.name, source(convolution, i)] as const
  );
  return new Map(found.map(([name, weights]) => [name, fold(weights)]));
}

function fold(
  { filters, layout, scale, shift, mean, variance }: NormalizedConvolution,
): ConvolutionWeights {
  const factors = variance.map((value, i) => (scale?.[i] ?? 1) / Math.sqrt(value + EPSILON));
  return tf.tidy(() => {
    const stored = tf.tensor4d(filters.values, [...filters.shape] as Shape4);
    const ordered = layout === "OIHW" ? tf.transpose(stored, [2, 3, 1, 0]) : stored;
    return {
      filters: ordered.mul<tf.Tensor4D>(factors),
      bias: tf.tensor1d(shift.map((value, i) => value - mean[i] * factors[i])),
    };
  });
}

type Shape4 = [number, number, number, number];
