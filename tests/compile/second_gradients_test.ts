/**
 * Tests first and second gradients of all functions whose gradients are fused in a graph. Finite
 * differences in float32 would be too inexact, so each function is also written with ordinary
 * numbers, which have double precision.
 */
import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/compile/mod.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

const [ROWS, COLUMNS] = [6, 4];

type Numbers = readonly number[];

/** A function of a table with six rows and four columns. */
interface Case {
  readonly f: (x: tf.Tensor) => tf.Tensor;
  /** The same function. The numbers are in the order of the rows. */
  readonly ofNumbers: (x: Numbers) => Numbers;
}

/** The words of three sentences. Each word is a row of the table. */
const sentences = [[0, 3, 3], [1, 0, 2], [5, 5, 1]];
const kernel = [0.5, -1, 0.25, 1, 0.75, -0.5, -0.25, 0.5, 1, 0.3, -0.6, 0.9];
const bias = [0.1, -0.2, 0.3];

const cases: Readonly<Record<string, Case>> = {
  "LeakyReLU": { f: (x) => tf.leakyRelu(x, 0.3), ofNumbers: each(leaky(0.3)) },
  "LeakyReLU with a negative slope": {
    f: (x) => tf.leakyRelu(x, -0.3),
    ofNumbers: each(leaky(-0.3)),
  },
  "LeakyReLU with no slope": { f: (x) => tf.leakyRelu(x, 0), ofNumbers: each(leaky(0)) },
  "LeakyReLU with a steep slope": { f: (x) => tf.leakyRelu(x, 1.7), ofNumbers: each(leaky(1.7)) },
  "ReLU": { f: (x) => tf.relu(x), ofNumbers: each(leaky(0)) },
  "clipping": {
    f: (x) => tf.clipByValue(x.mul(x), 0.3, 1.5),
    ofNumbers: each((value) => Math.min(Math.max(value * value, 0.3), 1.5)),
  },
  "tanh": { f: (x) => tf.tanh(x), ofNumbers: each(Math.tanh) },
  "tanh of tanh": {
    f: (x) => tf.tanh(tf.tanh(x).mul(2)),
    ofNumbers: each((value) => Math.tanh(2 * Math.tanh(value))),
  },
  "a dense layer with a bias and tanh": {
    f: (x) => tf.tanh(x.matMul(tf.tensor2d(kernel, [COLUMNS, 3])).add(bias)),
    ofNumbers: (x) => dense(x).map(Math.tanh),
  },
  "a dense layer with a bias and ReLU": {
    f: (x) => tf.relu(x.matMul(tf.tensor2d(kernel, [COLUMNS, 3])).add(bias)),
    ofNumbers: (x) => dense(x).map(leaky(0)),
  },
  "means of embedded words": {
    f: (x) => tf.gather(x, tf.tensor2d(sentences, [3, 3], "int32")).mean(1),
    ofNumbers: meansOfWords,
  },
  "means of embedded words in a table that is computed": {
    f: (x) => tf.gather(tf.tanh(x), tf.tensor2d(sentences, [3, 3], "int32")).mean(1),
    ofNumbers: (x) => meansOfWords(x.map(Math.tanh)),
  },
  "batch normalization": { f: (x) => normalize(0, x), ofNumbers: normalizeNumbers },
  "batch normalization of images": {
    f: (x) => normalize(1, x.reshape([2, 3, 1, COLUMNS])),
    ofNumbers: normalizeNumbers,
  },
  "a layer of each": {
    f: (x) => tf.tanh(tf.relu(normalize(2, tf.leakyRelu(x, 0.2)).sub(0.1))),
    ofNumbers: (x) =>
      normalizeNumbers(x.map(leaky(0.2))).map((value) => Math.tanh(leaky(0)(value - 0.1))),
  },
};

const layers = [0, 1, 2].map(() => tf.layers.batchNormalization());

for (const [name, { f, ofNumbers }] of Object.entries(cases)) {
  Deno.test(`first and second gradients in a graph equal those of double precision: ${name}`, async () => {
    await useNative();
    const drawn = normal([ROWS, COLUMNS], 1, 0);
    // All inputs are at least 0.2 away from zero, where the slope of the activations jumps.
    const x = drawn.add(drawn.sign().mul(0.2));
    const weights = normal(f(x).shape, 3, 0);
    const loss = (x: tf.Tensor) => f(x).mul(weights).add(f(x).square()).sum();
    const penalty = (x: tf.Tensor) => tf.grad(loss)(x).square().sum();
    const step = compile((x: tf.Tensor) => [tf.grad(loss)(x), tf.grad(penalty)(x)]);
    const [first, second] = step(x).map((tensor) => [...tensor.dataSync()]);
    step.dispose();

    const factors = weights.dataSync();
    const lossOfNumbers = (x: Numbers) =>
      ofNumbers(x).reduce((sum, value, i) => sum + value * factors[i] + value ** 2, 0);
    const gradient = (x: Numbers) => differences(lossOfNumbers, x, 1e-4);
    const penaltyOfNumbers = (x: Numbers) =>
      gradient(x).reduce((sum, slope) => sum + slope ** 2, 0);
    const values = [...x.dataSync()];
    assertClose(first, gradient(values));
    assertClose(second, differences(penaltyOfNumbers, values, 1e-3));
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

Deno.test("beyond the limit of traces, second gradients are those of a graph", async () => {
  await useNative();
  const loss = (x: tf.Tensor) => tf.tanh(x).mul(tf.clipByValue(x, -1, 1)).sum();
  const second = (x: tf.Tensor) => tf.grad((input) => tf.grad(loss)(input).square().sum())(x);
  const run = (mostTraces: number) => {
    const compiled = compile(second, { mostTraces });
    const found = [5, 6].map((size) => [...compiled(normal([size], 1, 0)).dataSync()]);
    compiled.dispose();
    return found.flat();
  };
  const { warn } = console;
  console.warn = () => {};
  try {
    assertClose(run(1), run(2));
  } finally {
    console.warn = warn;
  }
});

Deno.test("with `exact`, the second gradient of tanh is that of tfjs, which takes the output for a constant", async () => {
  await useNative();
  const x = normal([ROWS, COLUMNS], 1, 0);
  const loss = (x: tf.Tensor) => tf.tanh(x).mul(x).sum();
  const second = (x: tf.Tensor) => tf.grad((input) => tf.grad(loss)(input).square().sum())(x);
  const compiled = compile(second, { exact: true });
  const [actual, expected] = [compiled, second].map((f) => f(x).dataSync());
  expected.forEach((value, i) => assertAlmostEquals(actual[i], value, 1e-6));
  compiled.dispose();
});

function normalize(layer: number, x: tf.Tensor): tf.Tensor {
  return layers[layer].apply(x, { training: true }) as tf.Tensor;
}

/** Normalizes each column. A new layer of tfjs has the scale 1, the offset 0 and ε = 0.001. */
function normalizeNumbers(x: Numbers): Numbers {
  const columns = Array.from({ length: COLUMNS }, (_, c) => {
    const column = x.filter((_, i) => i % COLUMNS === c);
    const mean = column.reduce((sum, value) => sum + value, 0) / ROWS;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / ROWS;
    return { mean, deviation: Math.sqrt(variance + 1e-3) };
  });
  return x.map((value, i) => {
    const { mean, deviation } = columns[i % COLUMNS];
    return (value - mean) / deviation;
  });
}

function leaky(alpha: number): (value: number) => number {
  return (value) => value > 0 ? value : alpha * value;
}

function each(f: (value: number) => number): (x: Numbers) => Numbers {
  return (x) => x.map(f);
}

function dense(x: Numbers): Numbers {
  return Array.from({ length: ROWS * bias.length }, (_, i) => {
    const [row, unit] = [Math.floor(i / bias.length), i % bias.length];
    return x.slice(row * COLUMNS, (row + 1) * COLUMNS)
      .reduce((sum, value, j) => sum + value * kernel[j * bias.length + unit], bias[unit]);
  });
}

function meansOfWords(table: Numbers): Numbers {
  return sentences.flatMap((words) =>
    Array.from(
      { length: COLUMNS },
      (_, c) => words.reduce((sum, word) => sum + table[word * COLUMNS + c], 0) / words.length,
    )
  );
}

/** Returns the gradient of a function by central differences. */
function differences(f: (x: Numbers) => number, x: Numbers, h: number): Numbers {
  return x.map((_, at) => {
    const [above, below] = [h, -h].map((by) =>
      f(x.map((value, i) => i === at ? value + by : value))
    );
    return (above - below) / (2 * h);
  });
}

/**
 * Allows a relative error of 0.001. A number near zero is a sum of larger numbers that cancel, so
 * its error depends on the largest number.
 */
function assertClose(actual: Numbers, expected: Numbers): void {
  const largest = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) =>
    assertAlmostEquals(actual[i], value, 1e-3 * Math.abs(value) + 1e-5 * largest)
  );
}
