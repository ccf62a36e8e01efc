/**
 * Prepares the weights of Inception v3. Each batch normalization is folded into the convolution
 * before it. The result is exact apart from rounding, because both operations are linear.
 */
import * as tf from "@tensorflow/tfjs";
import { type NamedTensor, type NamedTensors, takeTensor } from "../weight_files/named_tensors.ts";
import { WeightFileError } from "../weight_files/weight_file_error.ts";
import { type Convolution, convolutions } from "./inception_convolutions.ts";
import type { ConvolutionWeights, InceptionWeights } from "./inception_network.ts";

/** Batch normalization adds this number to each variance. Keras and torchvision use this value. */
const EPSILON = 1e-3;

interface NormalizedConvolution {
  readonly filters: NamedTensor;
  /** Axes of the filters: height, width, input channels, output channels. */
  readonly layout: "HWIO" | "OIHW";
  /** Undefined if every scale is 1. */
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
 * Builds the weights from pytorch-fid's file.
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
 * Builds the weights from Keras' HDF5 file. Keras numbers layers in the order of their creation.
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
 * Returns each layer's tensor names, sorted by the layer's number. The first layer may have no
 * number.
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
  // Looks up every tensor first: a rejected file must leave no tensors behind.
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
