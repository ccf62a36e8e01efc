import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, explainGraph } from "../../lib/compile/mod.ts";
import { nativeBackend } from "../../lib/native/native_backend.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

/**
 * Functions whose gradient is fused in a graph. Each function takes a tensor with eight columns.
 */
const functions: Readonly<Record<string, (x: tf.Tensor2D) => tf.Tensor>> = {
  "LeakyReLU": (x) => tf.leakyRelu(x, 0.3),
  "ReLU": (x) => tf.relu(x),
  "clipping from below": (x) => tf.clipByValue(x, 0, 30),
  "clipping from above": (x) => tf.clipByValue(x, -30, 0),
  "tanh": (x) => tf.tanh(x),
  "a negated term": (x) => tf.add(tf.neg(x.square()), x).add(tf.neg(x)),
  "a dense layer's bias and activation": (x) =>
    tf.leakyRelu(x.matMul(normal<tf.Rank.R2>([8, 4], 5, 0)).add([1, 2, 3, 4])),
  "batch normalization": (x) => trainingOutput(ofRows, x),
  "batch normalization of images": (x) =>
    trainingOutput(ofImages, x.reshape([2, 3, 1, 8])).mul(
      normal([2, 3, 1, 8], 7, 0),
    ),
};

const [ofRows, ofImages] = [1, 2].map(() => tf.layers.batchNormalization());

for (const [name, f] of Object.entries(functions)) {
  Deno.test(`the fused gradient of ${name} equals finite differences and the gradient of tfjs`, async () => {
    await useNative();
    const drawn = normal<tf.Rank.R2>([6, 8], 1, 0);
    // The slope of an activation jumps at zero, so this moves the inputs away from zero.
    const x = drawn.add(drawn.sign().mul(0.1)) as tf.Tensor2D;
    const weights = normal(f(x).shape, 3, 0);
    // The weights make each output contribute differently.
    const loss = (x: tf.Tensor2D) => f(x).mul(weights).sum();
    const gradient = (x: tf.Tensor2D) =>
      tf.grad((input: tf.Tensor) => loss(input as tf.Tensor2D))(x);
    const fused = compile(gradient);
    const [actual, composed] = [fused(x), gradient(x)].map((tensor) => tensor.dataSync());
    const values = x.dataSync();
    composed.forEach((value, i) => {
      assertAlmostEquals(actual[i], value, 1e-4);
      assertAlmostEquals(actual[i], difference(loss, values, i), 2e-2);
    });
    fused.dispose();
  });
}

Deno.test("a fused layer has the same moving statistics and the same gradients of scale and offset", async () => {
  await useNative();
  const run = (compiled: boolean) => {
    const normalization = tf.layers.batchNormalization({ momentum: 0.7 });
    trainingOutput(normalization, normal([5, 3], 9, 9));
    const variables = normalization.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const step = (x: tf.Tensor) => {
      const { grads } = tf.variableGrads(
        () => trainingOutput(normalization, x).square().mul(x).sum<tf.Scalar>(),
        variables,
      );
      return variables.map(({ name }) => grads[name]);
    };
    const call = compiled ? compile(step) : step;
    const gradients = [0, 1, 2].map((i) =>
      call(normal([5, 3], 2, i)).map((tensor) => [...tensor.dataSync()])
    );
    return [
      ...gradients.flat(2),
      ...normalization.getWeights().flatMap((weight) => [...weight.dataSync()]),
    ];
  };
  const expected = run(false);
  run(true).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4));
});

Deno.test("Adam's epsilon has the same effect as in tfjs, however large it is", async () => {
  await useNative();
  for (const epsilon of [1e-7, 0.1, 10]) {
    const run = (compiled: boolean) => {
      const weight = tf.variable(tf.tensor1d([1, -2, 3]));
      const optimizer = tf.train.adam(0.1, 0.5, 0.9, epsilon);
      const step = () => optimizer.minimize(() => weight.square().sum(), true, [weight])!;
      const call = compiled ? compile(step) : step;
      for (let i = 0; i < 10; i++) call().dispose();
      return [...weight.dataSync()];
    };
    const expected = run(false);
    run(true).forEach((value, i) =>
      assertAlmostEquals(value, expected[i], 1e-5, `epsilon ${epsilon}`)
    );
  }
});

/** Ways to use a variable that is also updated in place. */
const actions: Readonly<
  Record<string, (w: tf.Variable, update: () => void) => tf.Tensor>
> = {
  update: (w, update) => {
    update();
    return w.sum();
  },
  assign: (w) => {
    w.assign(w.mul(0.9));
    return w.sum();
  },
  read: (w) => w.square().sum(),
  readBeforeUpdate: (w, update) => {
    const before = w.clone();
    update();
    return before.sub(w).abs().sum();
  },
  assignBack: (w, update) => {
    const before = w.clone();
    update();
    w.assign(before.add(w).div(2));
    return before.sum();
  },
};

Deno.test("in-place updates, assignments and reads keep their order", async () => {
  await useNative();
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...Object.keys(actions)), {
        minLength: 1,
        maxLength: 6,
      }),
      (names) => {
        const run = (compiled: boolean) => {
          const w = tf.variable(tf.tensor1d([0.5, -1, 2]));
          const optimizer = tf.train.adam(0.05);
          const update = () => void optimizer.minimize(() => w.square().sum(), false, [w]);
          // The first update creates the optimizer's moments outside the compiled function.
          update();
          const step = () => names.map((name) => actions[name](w, update));
          const call = compiled ? compile(step) : step;
          const results = [0, 1, 2].flatMap(() => call().map((tensor) => tensor.dataSync()[0]));
          return [...results, ...w.dataSync()];
        };
        const expected = run(false);
        run(true).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4, names.join()));
      },
    ),
    { numRuns: 30 },
  );
});

const totals: readonly [name: string, shape: number[], axes: number[], isFast: boolean][] = [
  ["the rows of a matrix", [5, 3], [0], true],
  ["the rows and steps of sequences", [2, 4, 3], [0, 1], true],
  ["the rows and pixels of images", [4, 3, 5, 2], [0, 1, 2], true],
  ["the rows and voxels of volumes", [2, 3, 1, 4, 3], [0, 1, 2, 3], true],
  ["the columns of a matrix", [5, 3], [1], false],
  ["the rows of sequences", [2, 4, 3], [0], false],
  ["the steps of sequences", [2, 4, 3], [1], false],
  ["all but the first axis", [2, 4, 3], [1, 2], false],
  ["the steps and rows of sequences, in this order", [2, 4, 3], [1, 0], false],
  ["the last axes of a matrix, counted from the end", [5, 3], [-2], true],
  ["a vector", [5], [0], false],
];

Deno.test("a sum of whole numbers is exact, and is not computed as a bias's gradient", async () => {
  await useNative();
  // float32 cannot hold this sum.
  const x = tf.tensor2d([[16_777_216, 1], [1, 2]], [2, 2], "int32");
  const step = compile((a: tf.Tensor) => tf.sum(a, 0));
  assertEquals([...step(x).dataSync()], [16_777_217, 3]);
  const [{ byOperation }] = await explainGraph(step);
  assertEquals(byOperation.some(({ operation }) => operation === "BiasAddGrad"), false);
  step.dispose();
});

for (const [name, shape, axes, isFast] of totals) {
  Deno.test(`the sum over ${name} is right, and is computed as a bias's gradient only if it is one`, async () => {
    await useNative();
    const x = tf.randomNormal(shape, 0, 1, "float32", 1);
    for (const [keepDims, isGradient] of [[false, isFast], [true, false]]) {
      const step = compile((a: tf.Tensor) => tf.sum(a, axes, keepDims));
      const expected = tf.sum(x, axes, keepDims);
      const actual = step(x);
      assertEquals(actual.shape, expected.shape);
      tf.test_util.expectArraysClose(actual.dataSync(), expected.dataSync(), 1e-5);
      const [{ byOperation }] = await explainGraph(step);
      assertEquals(byOperation.some(({ operation }) => operation === "BiasAddGrad"), isGradient);
      step.dispose();
    }
  });
}

Deno.test("the maximum of a number and a sum over rows is right on either side", async () => {
  await useNative();
  const x = tf.randomNormal([2, 4, 3], 0, 1, "float32", 1);
  const sides: ((sum: tf.Tensor) => tf.Tensor)[] = [
    (sum) => tf.maximum(0, sum),
    (sum) => tf.maximum(sum, 0),
  ];
  for (const side of sides) {
    const step = compile((a: tf.Tensor) => side(tf.sum(a, [0, 1])));
    const [actual, expected] = [step(x), side(tf.sum(x, [0, 1]))];
    assertEquals(actual.shape, expected.shape);
    tf.test_util.expectArraysClose(actual.dataSync(), expected.dataSync(), 1e-5);
    step.dispose();
  }
});

Deno.test("a convolution's gradients are not fused into one slower kernel", async () => {
  await useNative();
  const x = tf.randomNormal<tf.Rank.R4>([4, 6, 6, 3], 0, 1, "float32", 1);
  const step = compile((bias: tf.Tensor1D, kernel: tf.Tensor4D) => {
    const loss = (b: tf.Tensor, k: tf.Tensor) =>
      tf.square(tf.conv2d(x, k as tf.Tensor4D, 1, "same").add(b)).sum() as tf.Scalar;
    return tf.grads(loss)([bias, kernel]);
  });
  step(tf.zeros([5]), tf.ones([3, 3, 3, 5]));
  const [{ byOperation }] = await explainGraph(step);
  // The name depends on whether TensorFlow uses oneDNN on this processor.
  const gradients = byOperation.map(({ operation }) => operation.replace(/^_MklNative/, ""))
    .filter((operation) => /Backprop|BiasAddGrad/.test(operation));
  assertEquals(gradients.toSorted(), ["BiasAddGrad", "Conv2DBackpropFilter"]);
  step.dispose();
});

Deno.test("tfjs is restored after a function was traced", async () => {
  await useNative();
  const before = replaceable();
  const broken = compile((x: tf.Tensor) => {
    x.dataSync();
    return x;
  });
  try {
    broken(tf.scalar(1));
  } catch {
    // The call is refused, because the function reads data.
  }
  compile((x: tf.Tensor) => x.mul(2))(tf.scalar(1)).dispose();
  replaceable().forEach((part, i) => assertEquals(part === before[i], true, `part ${i}`));
});

function replaceable(): unknown[] {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const backend = nativeBackend();
  const engine = tf.engine() as unknown as Record<string, unknown>;
  return [
    tf.getGradient("LeakyRelu").gradFunc,
    tf.getKernel("GatherV2", "tensorflow").kernelFunc,
    tf.AdamOptimizer.prototype.applyGradients,
    Object.entries(tf.Optimizer.prototype).join(),
    classNameMap["RNN"][0].prototype,
    (classNameMap["RNN"][0].prototype as unknown as { call: unknown }).call,
    (classNameMap["BatchNormalization"][0].prototype as unknown as {
      call: unknown;
    }).call,
    engine.runKernelFunc,
    engine.makeVariable,
    Object.keys(engine).join(),
    backend.binding,
    backend.getInputTensorIds,
    backend.write,
    Math.random,
    Date.now,
    Error.stackTraceLimit,
  ];
}

function trainingOutput(layer: tf.layers.Layer, x: tf.Tensor): tf.Tensor {
  return layer.apply(x, { training: true }) as tf.Tensor;
}

function difference(
  f: (x: tf.Tensor2D) => tf.Tensor,
  values: ArrayLike<number>,
  at: number,
): number {
  const h = 1e-2;
  const [above, below] = [h, -h].map((step) => {
    const moved = Float32Array.from(values);
    moved[at] += step;
    return f(tf.tensor2d(moved, [6, 8])).dataSync()[0];
  });
  return (above - below) / (2 * h);
}
