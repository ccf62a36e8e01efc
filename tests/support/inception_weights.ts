/** Makes weights for Inception v3. */
import { convolutions } from "../../lib/evaluation/extractors/inception_convolutions.ts";
import type { NamedTensor } from "../../lib/models/safetensors.ts";
import { zip } from "./hostile/wrappers.ts";
import { call, dictionary, global, integer, pickle, type Piece, text, tuple } from "./pickles.ts";

/**
 * Computes weights by the same formula as the Python script
 * tests/references/inception/inception_features.py.
 *
 * @returns the weights under the tensor names that Keras or torchvision uses
 */
export function formulaWeights(
  form: "keras" | "torch",
): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>();
  convolutions.forEach(({ name, shape }, i) => {
    const [height, width, channelsIn, out] = shape;
    const seed = 1000 * (i + 1);
    const bound = Math.fround(Math.sqrt(6 / (height * width * channelsIn)));
    const vector = (offset: number, middle: number): NamedTensor => ({
      shape: [out],
      values: hashed(out, seed + offset).map((x) => middle + 0.25 * x),
    });
    const kernel = hashed(height * width * channelsIn * out, seed).map((x) => x * bound);
    const [beta, mean, variance] = [vector(2, 0), vector(3, 0), vector(4, 1)];
    if (form === "keras") {
      const [conv, norm] = [`conv2d_${i + 1}`, `batch_normalization_${i + 1}`];
      tensors.set(`${conv}/${conv}/kernel:0`, { shape, values: kernel });
      tensors.set(`${norm}/${norm}/beta:0`, beta);
      tensors.set(`${norm}/${norm}/moving_mean:0`, mean);
      tensors.set(`${norm}/${norm}/moving_variance:0`, variance);
    } else {
      tensors.set(`${name}.conv.weight`, toTorch(kernel, shape));
      tensors.set(`${name}.bn.weight`, vector(1, 1));
      tensors.set(`${name}.bn.bias`, beta);
      tensors.set(`${name}.bn.running_mean`, mean);
      tensors.set(`${name}.bn.running_var`, variance);
    }
  });
  return tensors;
}

/**
 * Returns the bytes of a PyTorch file with all tensors of the Inception network. All tensors share
 * one storage, which contains only zeros.
 */
export function emptyInception(): Uint8Array<ArrayBuffer> {
  const sizeOf = (shape: readonly number[]) => shape.reduce((size, axis) => size * axis, 1);
  const count = Math.max(...convolutions.map(({ shape }) => sizeOf(shape)));
  const storage = tuple(
    ...[text("storage"), global("torch", "FloatStorage"), text("0"), text("cpu")],
    integer(count),
  );
  const zeros = (shape: readonly number[]): Piece =>
    call(
      global("torch._utils", "_rebuild_tensor_v2"),
      [storage, "Q"],
      integer(0),
      tuple(...shape.map(integer)),
      tuple(...shape.map((_, axis) => integer(sizeOf(shape.slice(axis + 1))))),
    );
  const tensors: Record<string, Piece> = {};
  for (const { name, shape: [height, width, channelsIn, out] } of convolutions) {
    tensors[`${name}.conv.weight`] = zeros([out, channelsIn, height, width]);
    for (const part of ["weight", "bias", "running_mean", "running_var"]) {
      tensors[`${name}.bn.${part}`] = zeros([out]);
    }
  }
  return zip([
    ["x/data.pkl", pickle(dictionary(tensors))],
    ["x/data/0", new Uint8Array(4 * count)],
  ]);
}

/** Returns `count` numbers in [-1, 1). Each number is a hash of its index and the seed. */
function hashed(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let x = Math.imul(i, 0x9e3779b1) + seed | 0;
    x = Math.imul(x ^ x >>> 15, 0x85ebca77);
    x = Math.imul(x ^ x >>> 13, 0xc2b2ae3d);
    return ((x ^ x >>> 16) >>> 0) / 2 ** 31 - 1;
  });
}

/**
 * Transposes a kernel from Keras' shape `[height, width, in, out]` to PyTorch's shape `[out, in,
 * height, width]`.
 */
function toTorch(
  kernel: Float32Array,
  [height, width, channelsIn, out]: readonly number[],
): NamedTensor {
  const values = new Float32Array(kernel.length);
  let from = 0;
  for (let place = 0; place < height * width; place++) {
    for (let i = 0; i < channelsIn; i++) {
      for (let o = 0; o < out; o++) {
        values[(o * channelsIn + i) * height * width + place] = kernel[from++];
      }
    }
  }
  return { shape: [out, channelsIn, height, width], values };
}
