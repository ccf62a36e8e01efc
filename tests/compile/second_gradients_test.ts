import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/compile/mod.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

const [ROWS, COLUMNS] = [6, 4];

/** Functions whose gradients the compiler computes with fused operations. */
const functions: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  "LeakyReLU": (x) => tf.leakyRelu(x, 0.3),
  "LeakyReLU with a negative slope": (x) => tf.leakyRelu(x, -0.3),
  "LeakyReLU with no slope": (x) => tf.leakyRelu(x, 0),
  "ReLU": (x) => tf.relu(x),
  "batch normalization": (x) => normalize(0, x),
  "batch normalization of images": (x) => normalize(1, x.reshape([2, 3, 1, COLUMNS])),
  "a layer of each": (x) => tf.relu(normalize(2, tf.leakyRelu(x, 0.2)).sub(0.1)),
};

const layers = [0, 1, 2].map(() => tf.layers.batchNormalization());

function normalize(layer: number, x: tf.Tensor): tf.Tensor {
  return layers[layer].apply(x, { training: true }) as tf.Tensor;
}

for (const [name, f] of Object.entries(functions)) {
  Deno.test(`first and second gradients in a graph equal finite differences: ${name}`, async () => {
    await useNative();
    const drawn = normal([ROWS, COLUMNS], 1, 0);
    // All inputs are at least 0.2 away from zero, where the slope of the activations jumps.
    const x = drawn.add(drawn.sign().mul(0.2));
    const weights = normal(f(x).shape, 3, 0);
    const loss = (x: tf.Tensor) => f(x).mul(weights).add(f(x).square()).sum();
    const penalty = (x: tf.Tensor) => tf.grad(loss)(x).square().sum();
    const step = compile((x: tf.Tensor) => [
      tf.grad(loss)(x),
      tf.grad(penalty)(x),
      penalty(x),
    ]);
    const measure = (x: tf.Tensor) => {
      const results = tf.tidy(() => step(x));
      return results.map((result) => result.dataSync());
    };
    const [first, second] = measure(x);
    const values = x.dataSync();
    const h = 1e-2;
    values.forEach((_, at) => {
      const [above, below] = [h, -h].map((by) => {
        const moved = tf.tensor(
          values.map((value, i) => i === at ? value + by : value),
          x.shape,
        );
        return [loss(moved).dataSync()[0], measure(moved)[2][0]];
      });
      assertClose(first[at], (above[0] - below[0]) / (2 * h));
      assertClose(second[at], (above[1] - below[1]) / (2 * h));
    });
    step.dispose();
  });
}

Deno.test("a gradient penalty trains a critic to the same weights in eager and compiled functions", async () => {
  await useNative();
  const run = (compiled: boolean, normalized: boolean) => {
    const critic = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 6,
          inputShape: [3],
          kernelInitializer: seeded(1),
        }),
        ...(normalized ? [tf.layers.batchNormalization()] : []),
        tf.layers.activation({ activation: "relu" }),
        tf.layers.dense({ units: 1, kernelInitializer: seeded(2) }),
      ],
    });
    const variables = critic.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const judge = (x: tf.Tensor) => critic.apply(x, { training: true }) as tf.Tensor;
    const optimizer = tf.train.sgd(0.05);
    const step = (x: tf.Tensor) => {
      const { value, grads } = tf.variableGrads(() => {
        const slope = tf.grad((input: tf.Tensor) => judge(input).sum())(x);
        const norm = slope.square().sum(1).add(1e-6).sqrt();
        return judge(x).mean().add(norm.sub(1).square().mean()) as tf.Scalar;
      }, variables);
      optimizer.applyGradients(grads);
      return value;
    };
    const call = compiled ? compile(step) : step;
    const losses = Array.from(
      { length: 5 },
      (_, i) => call(normal([8, 3], 4, i)).dataSync()[0],
    );
    return [
      ...losses,
      ...critic.getWeights().flatMap((weight) => [...weight.dataSync()]),
    ];
  };
  for (const normalized of [false, true]) {
    const expected = run(false, normalized);
    run(true, normalized).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-3));
  }
});

function seeded(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}

/**
 * Compares a gradient with a finite difference. In float32, finite differences are accurate to 3 %,
 * or to 0.03 near zero.
 */
function assertClose(actual: number, expected: number): void {
  assertAlmostEquals(actual, expected, 0.03 * Math.max(1, Math.abs(expected)));
}

Deno.test("the second gradient of tanh is the one of tfjs, which takes the output for a constant", async () => {
  await useNative();
  const x = normal([ROWS, COLUMNS], 1, 0);
  const loss = (x: tf.Tensor) => tf.tanh(x).mul(x).sum();
  const second = (x: tf.Tensor) => tf.grad((input) => tf.grad(loss)(input).square().sum())(x);
  const compiled = compile(second);
  const [actual, expected] = [compiled, second].map((f) => f(x).dataSync());
  expected.forEach((value, i) => assertAlmostEquals(actual[i], value, 1e-5));
  compiled.dispose();
});
