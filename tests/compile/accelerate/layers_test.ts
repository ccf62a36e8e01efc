/**
 * Tests every layer of tf.layers. For each layer, an accelerated model that contains it must give
 * the same results as an eager one. The few layers that tfjs cannot use in a model are applied to
 * tensors.
 */
import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError } from "../../../lib/compile/mod.ts";
import { useNative } from "../../support/engine.ts";
import { assertClose, assertSameTraining, data, numbersOf } from "./compare_models.ts";

const { layers } = tf;

interface LayerCase {
  /** The shape of one input, without the batch dimension. */
  readonly input: number[];
  readonly apply: (x: tf.SymbolicTensor) => tf.SymbolicTensor;
  /** Creates an input of the given shape. By default, its numbers are between −1 and 1. */
  readonly values?: (shape: number[]) => tf.Tensor;
}

const [line, series, image, film] = [[6], [5, 3], [6, 6, 2], [4, 4, 4, 2]];

/**
 * Returns a test case for one layer. Random effects are switched off here, for example with a
 * dropout rate of 0, because random_test.ts tests them.
 */
function one(input: number[], make: () => tf.layers.Layer): LayerCase {
  return { input, apply: (x) => make().apply(x) as tf.SymbolicTensor };
}

/**
 * Returns a test case for a layer with two inputs: the model's input and the output of a dense
 * layer.
 */
function join(input: number[], make: () => tf.layers.Layer): LayerCase {
  const units = input.at(-1)!;
  const other = () => layers.dense({ units, activation: "tanh" });
  return {
    input,
    apply: (x) => make().apply([x, other().apply(x) as tf.SymbolicTensor]) as tf.SymbolicTensor,
  };
}

function whole(below: number): (shape: number[]) => tf.Tensor {
  return (shape) => tf.randomUniform(shape, 0, below, "float32", 4).floor();
}

const small = { units: 3 };
const filter = { filters: 3, kernelSize: 2 };

const cases: Readonly<Record<string, LayerCase>> = {
  activation: one(line, () => layers.activation({ activation: "swish" })),
  add: join(line, layers.add),
  alphaDropout: one(line, () => layers.alphaDropout({ rate: 0 })),
  average: join(line, layers.average),
  averagePooling1d: one(series, () => layers.averagePooling1d({ poolSize: 2 })),
  averagePooling2d: one(image, () => layers.averagePooling2d({ poolSize: 2 })),
  averagePooling3d: one(film, () => layers.averagePooling3d({ poolSize: 2 })),
  batchNormalization: one(line, () => layers.batchNormalization()),
  bidirectional: one(
    series,
    () => layers.bidirectional({ layer: layers.gru(small) as tf.RNN, mergeMode: "concat" }),
  ),
  concatenate: join(line, layers.concatenate),
  conv1d: one(series, () => layers.conv1d(filter)),
  conv2d: one(image, () => layers.conv2d({ ...filter, activation: "relu" })),
  conv2dTranspose: one(image, () => layers.conv2dTranspose({ ...filter, strides: 2 })),
  conv3d: one(film, () => layers.conv3d(filter)),
  // tfjs has no gradient for this layer.
  conv3dTranspose: one(film, () => layers.conv3dTranspose({ ...filter, trainable: false })),
  convLstm2d: one([3, 5, 5, 1], () => layers.convLstm2d({ ...filter, padding: "same" })),
  convLstm2dCell: one(
    [3, 5, 5, 1],
    () => layers.convLstm2d({ ...filter, returnSequences: true }),
  ),
  cropping2D: one(image, () => layers.cropping2D({ cropping: [[1, 1], [1, 2]] })),
  dense: one(line, () => layers.dense({ units: 4, activation: "elu", kernelRegularizer: "l1l2" })),
  depthwiseConv2d: one(image, () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 })),
  dot: join(line, () => layers.dot({ axes: -1 })),
  dropout: one(line, () => layers.dropout({ rate: 0 })),
  elu: one(line, () => layers.elu()),
  embedding: {
    ...one([4], () => layers.embedding({ inputDim: 7, outputDim: 3, maskZero: false })),
    values: whole(7),
  },
  flatten: one(film, () => layers.flatten()),
  gaussianDropout: one(line, () => layers.gaussianDropout({ rate: 0 })),
  gaussianNoise: one(line, () => layers.gaussianNoise({ stddev: 0 })),
  globalAveragePooling1d: one(series, () => layers.globalAveragePooling1d({})),
  globalAveragePooling2d: one(image, () => layers.globalAveragePooling2d({})),
  globalMaxPooling1d: one(series, () => layers.globalMaxPooling1d({})),
  globalMaxPooling2d: one(image, () => layers.globalMaxPooling2d({})),
  gru: one(series, () => layers.gru({ ...small, recurrentActivation: "sigmoid" })),
  layerNormalization: one(line, () => layers.layerNormalization()),
  leakyReLU: one(line, () => layers.leakyReLU({ alpha: 0.1 })),
  lstm: one(series, () => layers.lstm({ ...small, returnSequences: true })),
  masking: {
    input: series,
    apply: (x) => {
      const masked = layers.masking({ maskValue: 0 }).apply(x);
      return layers.lstm(small).apply(masked) as tf.SymbolicTensor;
    },
    values: (shape) => data(shape).mul(tf.tensor([1, 1, 1, 0, 0]).reshape([1, 5, 1])),
  },
  maxPooling1d: one(series, () => layers.maxPooling1d({ poolSize: 2 })),
  maxPooling2d: one(image, () => layers.maxPooling2d({ poolSize: 2 })),
  maxPooling3d: one(film, () => layers.maxPooling3d({ poolSize: 2 })),
  maximum: join(line, layers.maximum),
  minimum: join(line, layers.minimum),
  multiply: join(line, layers.multiply),
  permute: one(series, () => layers.permute({ dims: [2, 1] })),
  prelu: one(line, () => layers.prelu({ alphaInitializer: "ones" })),
  reLU: one(line, () => layers.reLU({ maxValue: 0.5 })),
  repeatVector: one(line, () => layers.repeatVector({ n: 2 })),
  rescaling: one(image, () => layers.rescaling({ scale: 0.5, offset: 1 })),
  reshape: one(series, () => layers.reshape({ targetShape: [3, 5] })),
  rnn: one(series, () =>
    layers.rnn({
      cell: [layers.gruCell(small), layers.simpleRNNCell(small), layers.lstmCell(small)],
    }) as tf.layers.Layer),
  separableConv2d: one(image, () => layers.separableConv2d(filter)),
  simpleRNN: one(series, () => layers.simpleRNN({ ...small, goBackwards: true })),
  softmax: one(line, () => layers.softmax()),
  spatialDropout1d: one(series, () => layers.spatialDropout1d({ rate: 0 })),
  stackedRNNCells: one(series, () =>
    layers.rnn({
      cell: layers.stackedRNNCells({ cells: [layers.lstmCell(small), layers.lstmCell(small)] }),
    }) as tf.layers.Layer),
  thresholdedReLU: one(line, () => layers.thresholdedReLU({ theta: 0.3 })),
  timeDistributed: one(
    series,
    () => layers.timeDistributed({ layer: layers.dense({ units: 2 }) }),
  ),
  upSampling2d: one(image, () => layers.upSampling2d({ size: [2, 2] })),
  zeroPadding2d: one(image, () => layers.zeroPadding2d({ padding: 1 })),
};

/** Layers that tfjs cannot use in a model. The tests apply these layers to tensors. */
const onTensors: Readonly<Record<string, () => tf.layers.Layer>> = {
  resizing: () => layers.resizing({ height: 5, width: 4 }),
  centerCrop: () => layers.centerCrop({ height: 4, width: 3 }),
  // These layers read tensor values.
  randomWidth: () => layers.randomWidth({ factor: 0.5, seed: 1 }),
  categoryEncoding: () => layers.categoryEncoding({ numTokens: 5, outputMode: "oneHot" }),
};

/**
 * Layers without a case in the tables: base classes, inputs, aliases, and parts of other layers.
 */
const elsewhere = [
  ...["Layer", "RNN", "RNNCell", "input", "inputLayer", "gruCell", "lstmCell", "simpleRNNCell"],
  ...["avgPool1d", "avgPool2d", "avgPool3d", "avgPooling1d", "avgPooling2d", "avgPooling3d"],
  ...["globalMaxPool1d", "globalMaxPool2d", "maxPool1d", "maxPool2d"],
];

Deno.test("the table contains every layer of tf.layers", () => {
  const listed = [...Object.keys(cases), ...Object.keys(onTensors), ...elsewhere];
  assertEquals(Object.keys(layers).filter((name) => !listed.includes(name)), []);
});

for (const [name, { input, apply, values = data }] of Object.entries(cases)) {
  Deno.test(`tf.layers.${name} is trained, evaluated and applied as in eager mode`, async () => {
    await useNative();
    const batch = 4;
    const build = () => {
      const x = tf.input({ shape: input });
      const applied = apply(x);
      const flat = applied.rank > 2 ? layers.flatten().apply(applied) : applied;
      const y = layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor;
      return tf.model({ inputs: x, outputs: y });
    };
    const [x, y] = [values([batch, ...input]), data([batch, 2], 2)];
    await assertSameTraining({ build, x, y }, name);
  });
}

for (const name of ["resizing", "centerCrop"]) {
  Deno.test(`tf.layers.${name} gives the same image in a compiled function, but tfjs has no model with it`, async () => {
    await useNative();
    const layer = onTensors[name]();
    const apply = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
    const compiled = compile(apply);
    for (let i = 0; i < 3; i++) {
      const x = data([2, ...image], i);
      const [actual, expected] = [compiled(x), apply(x)];
      assertEquals(actual.shape, expected.shape);
      assertClose(numbersOf(actual), numbersOf(expected), 1e-5);
    }
    compiled.dispose();
    assertThrows(() => predictWith(name));
  });
}

for (const name of ["randomWidth", "categoryEncoding"]) {
  Deno.test(`tf.layers.${name} is refused because it reads data, and tfjs has no model with it`, async () => {
    await useNative();
    const layer = onTensors[name]();
    const compiled = compile((x: tf.Tensor) => layer.apply(x) as tf.Tensor);
    const x = name === "randomWidth" ? data([2, ...image]) : tf.tensor2d([[1], [3]]);
    assertThrows(() => compiled(x), CompileError, "read a tensor's data");
    compiled.dispose();
    assertThrows(() => predictWith(name));
  });
}

function predictWith(name: string): void {
  const x = tf.input({ shape: image });
  const outputs = onTensors[name]().apply(x) as tf.SymbolicTensor;
  tf.model({ inputs: x, outputs }).predict(data([2, ...image]));
}
