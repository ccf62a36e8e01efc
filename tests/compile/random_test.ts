import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError, type StepFunction } from "../../lib/compile/mod.ts";
import { nativeBackend } from "../../lib/native/native_backend.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { assertClose } from "./accelerate/compare_models.ts";

const COUNT = 40_000;

/**
 * Functions that draw random numbers. `mean` and `deviation` are the mean and the standard
 * deviation of the results if the input consists of ones.
 */
const draws: readonly {
  readonly name: string;
  readonly draw: (x: tf.Tensor2D) => tf.Tensor;
  readonly mean: number;
  readonly deviation: number;
  readonly holds?: (value: number) => boolean;
}[] = [
  {
    name: "tf.randomNormal",
    draw: ({ shape }) => tf.randomNormal(shape, 5, 2),
    mean: 5,
    deviation: 2,
  },
  {
    name: "tf.randomNormal of whole numbers",
    draw: ({ shape }) => tf.randomNormal(shape, 0, 3, "int32"),
    mean: 0,
    // Rounding adds a twelfth to the variance.
    deviation: Math.sqrt(9 + 1 / 12),
    holds: Number.isInteger,
  },
  {
    name: "tf.truncatedNormal",
    draw: ({ shape }) => tf.truncatedNormal(shape, 1, 2),
    mean: 1,
    // Truncation at two standard deviations multiplies the standard deviation by .8796.
    deviation: 2 * 0.8796,
    holds: (value) => value >= -3 && value <= 5,
  },
  {
    name: "tf.randomUniform",
    draw: ({ shape }) => tf.randomUniform(shape, -1, 3),
    mean: 1,
    deviation: 4 / Math.sqrt(12),
    holds: (value) => value >= -1 && value <= 3,
  },
  {
    name: "tf.randomUniform of whole numbers",
    draw: ({ shape }) => tf.randomUniform(shape, 0, 3, "int32"),
    mean: 1,
    deviation: Math.sqrt(2 / 3),
    holds: (value) => [0, 1, 2].includes(value),
  },
  {
    name: "tf.randomStandardNormal",
    draw: ({ shape }) => tf.randomStandardNormal(shape),
    mean: 0,
    deviation: 1,
  },
  {
    name: "tf.randomGamma",
    draw: ({ shape }) => tf.randomGamma(shape, 4, 0.5),
    // tfjs uses its argument beta as a scale, and so does a graph.
    mean: 2,
    deviation: 1,
    holds: (value) => value > 0,
  },
  {
    name: "tf.multinomial",
    draw: ({ size }) => tf.multinomial(tf.tensor1d([0, Math.log(3)]), size),
    mean: 0.75,
    deviation: Math.sqrt(3 / 16),
  },
  {
    name: "tf.dropout",
    draw: (x) => tf.dropout(x, 0.2),
    mean: 1,
    deviation: 0.5,
    holds: (value) => value === 0 || value === 1.25,
  },
  {
    name: "tf.layers.dropout",
    draw: inTraining(tf.layers.dropout({ rate: 0.2 })),
    mean: 1,
    deviation: 0.5,
    holds: (value) => value === 0 || value === 1.25,
  },
  {
    name: "tf.layers.gaussianNoise",
    draw: inTraining(tf.layers.gaussianNoise({ stddev: 0.5 })),
    mean: 1,
    deviation: 0.5,
  },
  {
    name: "tf.layers.gaussianDropout",
    draw: inTraining(tf.layers.gaussianDropout({ rate: 0.5 })),
    mean: 1,
    deviation: 1,
  },
  {
    name: "tf.layers.alphaDropout",
    draw: (x) => {
      const layer = tf.layers.alphaDropout({ rate: 0.3 });
      return layer.apply(x.mul(0), { training: true }) as tf.Tensor;
    },
    // The input is zeros, so the result depends only on the choice of the kept numbers.
    ...alphaDropout(0.3),
  },
];

for (const { name, draw, mean, deviation, holds = () => true } of draws) {
  Deno.test(`${name} gives new numbers in each call, from its distribution`, async () => {
    await useNative();
    const compiled = compile(draw as StepFunction, { seed: 7 });
    const x = tf.ones([COUNT / 100, 100]);
    const calls = [0, 1, 2].map(() => numbersOf(compiled(x) as tf.Tensor));
    for (const numbers of calls) {
      assertEquals(numbers.length, COUNT);
      const found = describe(numbers);
      // The limit is five standard errors. The seed is fixed, so a test that passes once always
      // passes.
      assertAlmostEquals(found.mean, mean, 5 * deviation / Math.sqrt(COUNT));
      assertAlmostEquals(found.deviation, deviation, 0.03 * deviation);
      assert(numbers.every(holds));
    }
    assertNotEquals(calls[0], calls[1]);
    assertNotEquals(calls[1], calls[2]);
    compiled.dispose();
    x.dispose();
  });
}

Deno.test("draws are independent within a call, between functions compiled together, and between calls", async () => {
  await useNative();
  const noise = () => [tf.randomNormal([COUNT]), tf.randomNormal([COUNT])];
  const compiled = compile({ a: noise, b: noise }, { seed: 1 });
  const all = [compiled.a(), compiled.b(), compiled.a()].flat().map(numbersOf);
  for (const [i, one] of all.entries()) {
    for (const other of all.slice(i + 1)) {
      const products = one.map((value, j) => value * other[j]);
      assertAlmostEquals(describe(products).mean, 0, 5 / Math.sqrt(COUNT));
    }
  }
  compiled.dispose();
});

Deno.test("spatial dropout drops whole channels", async () => {
  await useNative();
  const layer = tf.layers.spatialDropout1d({ rate: 0.5, inputShape: [9, 40] });
  const compiled = compile(
    (x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor,
    { seed: 3 },
  );
  const [first, second] = [0, 1].map(() => (compiled(tf.ones([2, 9, 40])) as tf.Tensor3D));
  const channels = first.arraySync().flatMap((rows) =>
    rows[0].map((_, c) => rows.map((r) => r[c]))
  );
  assert(channels.every((values) => new Set(values).size === 1));
  assertEquals(new Set(channels.map(([value]) => value)), new Set([0, 2]));
  assertNotEquals(first.arraySync(), second.arraySync());
  compiled.dispose();
});

Deno.test("the seed determines the draws, and a restored counter continues where a run stopped", async () => {
  await useNative();
  const run = (seed: number, start: number, calls: number) => {
    const counter = tf.variable(tf.scalar(start, "int32"), false);
    const compiled = compile(() => tf.randomNormal([20]), { seed, counter });
    const drawn = Array.from({ length: calls }, () => numbersOf(compiled()));
    const [reached] = counter.dataSync();
    compiled.dispose();
    counter.dispose();
    return { drawn, reached };
  };
  const whole = run(5, 0, 6);
  assertEquals(run(5, 0, 6), whole);
  assertNotEquals(run(6, 0, 6).drawn, whole.drawn);
  const half = run(5, 0, 3);
  assertEquals([...half.drawn, ...run(5, half.reached, 3).drawn], whole.drawn);
});

for (const { name, draw } of draws) {
  Deno.test(`beyond the limit of traces, ${name} draws the numbers that a graph would draw`, async () => {
    await useNative();
    const run = (mostTraces: number) => {
      const compiled = compile(draw as StepFunction, { seed: 7, mostTraces });
      // With a limit of one, only the first of these calls becomes a graph.
      const calls = [1, 40, 40, 1, 40].map((rows) => {
        const x = tf.ones<tf.Rank.R2>([rows, 100]);
        return numbersOf(compiled(x) as tf.Tensor);
      });
      compiled.dispose();
      return calls;
    };
    const [[, first, second, , third], expected] = withoutWarnings(() => [run(1), run(64)]);
    assertNotEquals(first, second);
    assertNotEquals(second, third);
    for (const [i, numbers] of [first, second, third].entries()) {
      assertClose(numbers, expected[[1, 2, 4][i]], 1e-5);
    }
  });
}

Deno.test("beyond the limit of traces, the seed determines the draws, and a restored counter continues", async () => {
  await useNative();
  const run = (seed: number, start: number, calls: number) => {
    const counter = tf.variable(tf.scalar(start, "int32"), false);
    const draw = ({ shape }: tf.Tensor) => [tf.randomNormal(shape), tf.randomUniform(shape)];
    const compiled = compile(draw, { seed, counter, mostTraces: 1 });
    const sizes = Array.from({ length: calls }, (_, i) => 20 + (start + i) % 3);
    const drawn = sizes.map((size) => compiled(tf.ones([size])).map(numbersOf));
    const [reached] = counter.dataSync();
    compiled.dispose();
    counter.dispose();
    return { drawn, reached };
  };
  withoutWarnings(() => {
    const whole = run(5, 0, 6);
    assertEquals(whole.reached, 6);
    assertEquals(new Set(whole.drawn.map(([[first]]) => first)).size, 6);
    assertEquals(run(5, 0, 6), whole);
    assertNotEquals(run(6, 0, 6).drawn, whole.drawn);
    // Each of the halves makes a graph of another shape, and makes other calls without a graph.
    const half = run(5, 0, 4);
    assertEquals([...half.drawn, ...run(5, half.reached, 2).drawn], whole.drawn);
  });
});

Deno.test("without a given counter, calls with and without a graph never draw the same numbers", async () => {
  await useNative();
  const before = tf.memory().numTensors;
  const compiled = compile(({ shape }: tf.Tensor) => tf.randomNormal(shape), { mostTraces: 1 });
  const drawn = withoutWarnings(() =>
    [20, 21, 21, 20, 22].map((size) => {
      const x = tf.ones([size]);
      const [first] = numbersOf(compiled(x) as tf.Tensor);
      x.dispose();
      return first;
    })
  );
  assertEquals(new Set(drawn).size, 5);
  compiled.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a call beyond the limit of traces leaves tfjs' own random functions as they were", async () => {
  await useNative();
  const before = [Math.random, nativeBackend().write, kernelOf("Multinomial")];
  const compiled = compile((x: tf.Tensor) => {
    const drawn = tf.randomNormal(x.shape);
    if (x.size > 2) throw new Error("The function fails.");
    return drawn;
  }, { mostTraces: 1, seed: 1 });
  withoutWarnings(() => {
    compiled(tf.ones([1]));
    compiled(tf.ones([2]));
    assertThrows(() => compiled(tf.ones([3])), Error, "The function fails.");
  });
  [Math.random, nativeBackend().write, kernelOf("Multinomial")].forEach((one, i) =>
    assert(one === before[i], `part ${i}`)
  );
  assertNotEquals(numbersOf(tf.randomNormal([2])), numbersOf(tf.randomNormal([2])));
  compiled.dispose();
});

function kernelOf(name: string): unknown {
  return tf.getKernel(name, "tensorflow").kernelFunc;
}

Deno.test("a function that was disposed of does not draw the same numbers again", async () => {
  await useNative();
  const compiled = compile(() => tf.randomNormal([20]), { seed: 5 });
  const before = numbersOf(compiled());
  compiled.dispose();
  assertNotEquals(numbersOf(compiled()), before);
  compiled.dispose();
});

Deno.test("a draw with its own seed repeats, as in eager mode", async () => {
  await useNative();
  const eager = () => tf.dropout(tf.ones([30]), 0.5, undefined, 3);
  const compiled = compile(() => [eager(), tf.randomNormal([30])]);
  const [first, again] = [0, 1].map(() => compiled().map(numbersOf));
  assertEquals(first[0], numbersOf(eager()));
  assertEquals(again[0], first[0]);
  assertNotEquals(again[1], first[1]);
  compiled.dispose();
});

Deno.test("the gradient of dropout passes through the kept numbers", async () => {
  await useNative();
  const weight = tf.variable(tf.ones([60]));
  const step = compile(() => {
    const kept = () => tf.dropout(weight, 0.5).sum().asScalar();
    const { value, grads } = tf.variableGrads(kept, [weight]);
    return [value, grads[weight.name]];
  });
  const sums = [0, 1, 2].map(() => {
    const [[sum], gradient] = step().map(numbersOf);
    assertEquals(new Set(gradient), new Set([0, 2]));
    // The weights are ones, so the sum equals the gradient's sum if both keep the same numbers.
    assertEquals(gradient.reduce((total, value) => total + value), sum);
    return gradient.join();
  });
  assertEquals(new Set(sums).size, 3);
  step.dispose();
  weight.dispose();
});

Deno.test("recurrent layers with dropout draw a new mask for each call", async () => {
  await useNative();
  for (const make of [tf.layers.lstm, tf.layers.gru, tf.layers.simpleRNN]) {
    const layer = make({ units: 4, dropout: 0.5, recurrentDropout: 0.5 });
    const apply = (x: tf.Tensor) => layer.apply(x, { training: true }) as tf.Tensor;
    const compiled = compile(apply);
    const x = tf.ones([8, 5, 3]);
    const calls = [0, 1, 2].map(() => numbersOf(compiled(x) as tf.Tensor));
    assertNotEquals(calls[1], calls[2]);
    // The layer still works outside a compiled function.
    assertEquals(apply(x).shape, [8, 4]);
    compiled.dispose();
    layer.dispose();
  }
});

Deno.test("a seed or a counter of the wrong kind is refused at once", async () => {
  await useNative();
  const step = () => tf.randomNormal([2]);
  for (const seed of [-1, 0.5, NaN]) {
    assertThrows(() => compile(step, { seed }), CompileError, `found ${seed}`);
  }
  const counter = tf.variable(tf.scalar(0));
  assertThrows(() => compile(step, { counter }), CompileError, "found float32[]");
  counter.dispose();
});

Deno.test(
  "random draws leak no tensors",
  withoutLeaks(async () => {
    await useNative();
    const compiled = compile((x: tf.Tensor) => tf.dropout(x, 0.5));
    const plain = compile((x: tf.Tensor) => x.mul(2));
    tf.tidy(() => {
      for (let i = 0; i < 5; i++) {
        compiled(tf.ones([9]));
        plain(tf.ones([9]));
      }
    });
    compiled.dispose();
    plain.dispose();
  }),
);

function inTraining(layer: tf.layers.Layer): (x: tf.Tensor2D) => tf.Tensor {
  return (x) => layer.apply(x, { training: true }) as tf.Tensor;
}

/**
 * Returns the mean and the standard deviation of alpha dropout if the input consists of zeros. tfjs
 * sets dropped numbers to +α′, not to −α′ as in Klambauer et al. (arXiv 1706.02515), so dropout
 * changes the mean. A graph does the same as tfjs.
 */
function alphaDropout(rate: number): { mean: number; deviation: number } {
  const dropped = 1.6732632423543772 * 1.0507009873554805;
  const scale = ((1 - rate) * (1 + rate * dropped ** 2)) ** -0.5;
  return {
    mean: 2 * scale * dropped * rate,
    deviation: scale * dropped * Math.sqrt(rate * (1 - rate)),
  };
}

function numbersOf(tensor: tf.Tensor): number[] {
  const numbers = [...tensor.dataSync()] as number[];
  tensor.dispose();
  return numbers;
}

function describe(numbers: readonly number[]): { mean: number; deviation: number } {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / numbers.length) };
}

function withoutWarnings<T>(call: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return call();
  } finally {
    console.warn = warn;
  }
}
