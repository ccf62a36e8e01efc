import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { convolutions } from "../../../lib/evaluation/extractors/inception_convolutions.ts";
import type { InceptionWeights } from "../../../lib/evaluation/extractors/inception_network.ts";
import {
  kerasInception,
  torchInception,
} from "../../../lib/evaluation/extractors/inception_weights.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import type { NamedTensor } from "../../../lib/models/safetensors.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

await useNative();

const sizeOf = (shape: readonly number[]) => shape.reduce((size, axis) => size * axis, 1);

/**
 * The numbers 0, 1, 2 and so on. All filters share this array, because separate arrays would need
 * memory for 22 million numbers.
 */
const counting = Float32Array.from(
  { length: Math.max(...convolutions.map(({ shape }) => sizeOf(shape))) },
  (_, i) => i,
);

/**
 * The parameters of batch normalization. With this variance, the standard deviation is
 * `√(0.249 + 0.001) = 0.5`, so normalization multiplies by two.
 */
const normalization = { beta: (layer: number) => layer + 7, mean: 3, variance: .249 };

const filled = (count: number, value: number): NamedTensor => ({
  shape: [count],
  values: new Float32Array(count).fill(value),
});
const filters = (shape: readonly number[]): NamedTensor => ({
  shape,
  values: counting.subarray(0, sizeOf(shape)),
});

/**
 * Returns tensors with the names that they have in a Keras weight file. The layers are in
 * reverse order. The function `number` returns the suffix of a layer's name.
 */
function kerasFile(number: (layer: number) => string): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>();
  for (const [layer, { shape }] of [...convolutions.entries()].reverse()) {
    const [conv, norm] = [`conv2d${number(layer)}`, `batch_normalization${number(layer)}`];
    const count = shape[3];
    tensors.set(`${norm}/${norm}/beta:0`, filled(count, normalization.beta(layer)));
    tensors.set(`${norm}/${norm}/moving_mean:0`, filled(count, normalization.mean));
    tensors.set(`${norm}/${norm}/moving_variance:0`, filled(count, normalization.variance));
    tensors.set(`${conv}/${conv}/kernel:0`, filters(shape));
  }
  // Adds layers of other kinds, and layers whose names only end like the name of a convolution.
  for (const other of ["activation_3", "my_conv2d_3", "my-conv2d_3", "conv2d_transpose_3"]) {
    tensors.set(`${other}/${other}/kernel:0`, filled(1, 0));
  }
  return tensors;
}

function torchFile(): Map<string, NamedTensor> {
  const tensors = new Map<string, NamedTensor>();
  convolutions.forEach(({ name, shape: [height, width, channelsIn, out] }, layer) => {
    tensors.set(`${name}.conv.weight`, filters([out, channelsIn, height, width]));
    tensors.set(`${name}.bn.weight`, filled(out, 5));
    tensors.set(`${name}.bn.bias`, filled(out, normalization.beta(layer)));
    tensors.set(`${name}.bn.running_mean`, filled(out, normalization.mean));
    tensors.set(`${name}.bn.running_var`, filled(out, normalization.variance));
  });
  return tensors;
}

/**
 * Asserts that each layer's bias is shift − mean · scale / deviation, where the deviation is 0.5.
 */
function assertLayers(weights: InceptionWeights, scale: number): void {
  assertEquals([...weights.keys()], convolutions.map(({ name }) => name));
  [...weights.values()].forEach(({ filters, bias }, layer) => {
    assertEquals(filters.shape, [...convolutions[layer].shape]);
    const wanted = normalization.beta(layer) - 2 * scale * normalization.mean;
    for (const value of bias.dataSync()) assertAlmostEquals(value, wanted, 1e-3);
  });
}

function dispose(weights: InceptionWeights): void {
  for (const { filters, bias } of weights.values()) tf.dispose([filters, bias]);
}

const numberings: readonly [what: string, number: (layer: number) => string][] = [
  ["from 1", (layer) => `_${layer + 1}`],
  ["from none", (layer) => layer === 0 ? "" : `_${layer}`],
  ["from 95, of a second network in one process", (layer) => `_${layer + 95}`],
];

for (const [what, number] of numberings) {
  Deno.test(
    `Keras' layers are taken in the order of their numbers, ${what}`,
    withoutLeaks(() => {
      const weights = kerasInception(kerasFile(number), "a.h5");
      assertLayers(weights, 1);
      const [{ filters }] = weights.values();
      filters.dataSync().forEach((value, i) => assertAlmostEquals(value, 2 * i, 1e-3 * i + 1e-9));
      dispose(weights);
    }),
  );
}

Deno.test(
  "PyTorch's filters [out, in, height, width] become [height, width, in, out]",
  withoutLeaks(() => {
    const weights = torchInception(torchFile(), "a.pth");
    assertLayers(weights, 5);
    const { filters } = weights.get("Mixed_5b.branch5x5_2")!;
    const [, width, channelsIn, out] = filters.shape;
    const values = filters.dataSync();
    for (const [y, x, i, o] of [[0, 0, 0, 0], [1, 2, 3, 4], [4, 3, 47, 63], [2, 0, 9, 50]]) {
      const wanted = 10 * (((o * channelsIn + i) * 5 + y) * 5 + x);
      const found = values[((y * width + x) * channelsIn + i) * out + o];
      assertAlmostEquals(found, wanted, 1e-5 * wanted + 1e-9);
    }
    dispose(weights);
  }),
);

Deno.test(
  "a file that lacks a layer, a tensor or the right shape is refused, and the error names what is wrong",
  withoutLeaks(() => {
    const keras = () => kerasFile((layer) => `_${layer + 1}`);
    const changed = (
      tensors: Map<string, NamedTensor>,
      name: string,
      tensor: NamedTensor | undefined,
    ) => {
      assert(tensors.delete(name), name);
      if (tensor) tensors.set(name, tensor);
      return tensors;
    };
    const [kernel, beta] = ["conv2d_94/conv2d_94/kernel:0", "batch_normalization_5/beta"];
    const stored = "batch_normalization_5/batch_normalization_5/beta:0";
    const cases: [message: string, read: () => unknown][] = [
      [
        "a.h5: wanted 94 layers conv2d_1, conv2d_2, …, found 93.",
        () => kerasInception(changed(keras(), kernel, undefined), "a.h5"),
      ],
      [
        "a.h5: wanted 94 layers batch_normalization_1, batch_normalization_2, …, found 1.",
        () =>
          kerasInception(
            new Map([...keras()].filter(([name]) => !/norm.*_[0-9]{2}|norm.*_[2-9]/.test(name))),
            "a.h5",
          ),
      ],
      [
        `a.h5: wanted the tensor '${beta}' of shape [192], found none`,
        () => kerasInception(changed(keras(), stored, undefined), "a.h5"),
      ],
      [
        `a.h5: wanted the tensor '${stored}' of shape [192], found one of shape [3]`,
        () => kerasInception(changed(keras(), stored, filled(3, 0)), "a.h5"),
      ],
      [
        "a.pth: wanted the tensor 'Mixed_5b.branch_pool.bn.running_var' of shape [32], found none",
        () =>
          torchInception(
            changed(torchFile(), "Mixed_5b.branch_pool.bn.running_var", undefined),
            "a.pth",
          ),
      ],
    ];
    for (const [message, read] of cases) assertThrows(read, WeightFileError, message);
  }),
);
