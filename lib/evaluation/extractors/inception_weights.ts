/**
 * Prepares the weights of Inception v3, which come from Keras' or PyTorch's files. Each batch
 * normalization is folded into the filters and the bias of its convolution. This is exact apart
 * from rounding, since both operations are linear.
 */
import * as tf from "@tensorflow/tfjs";
import { type NamedTensor, type NamedTensors, takeTensor } from "../weight_files/named_tensors.ts";
import { WeightFileError } from "../weight_files/weight_file_error.ts";
import { type Convolution, convolutions } from "./inception_convolutions.ts";
import type { ConvolutionWeights, InceptionWeights } from "./inception_network.ts";

/**
 * Batch normalization adds this number to each variance. The value is Keras' default, and
 * torchvision also uses it for this network.
 */
const EPSILON = 1e-3;

/** The weights of a convolution without bias and of the batch normalization after it. */
interface NormalizedConvolution {
  readonly filters: NamedTensor;
  /**
   * The order of the filters' axes: H is height, W is width, I is input channels, O is output
   * channels.
   */
  readonly layout: "HWIO" | "OIHW";
  /** The scale of each filter; if undefined, every scale is 1. */
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
 * Builds the weights from the tensors in pytorch-fid's file. The tensors have torchvision's names.
 *
 * @param path path to the file, for messages
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
 * Builds the weights from the tensors in Keras' HDF5 file. The file numbers the layers in the order
 * in which Keras creates them.
 *
 * @param path path to the file, for messages
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
 * Finds the layers of one kind and returns the names of each layer's tensors. Sorts the layers by
 * the number in their names. The first layer's name may have no number.
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
  // Looks everything up before creating the first tensor, so that no tensors leak if the file is
  // rejected.
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
