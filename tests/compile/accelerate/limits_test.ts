import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../../lib/engine/backend.ts";
import { accelerate, compile, CompileError } from "../../../lib/compile/mod.ts";
import { nativeBackend } from "../../../lib/native/native_backend.ts";
import { countGraphs, useNative } from "../../support/engine.ts";
import { assertClose, buildTwins, data, numbersOf } from "./compare_models.ts";

/** Computes a loss, and reads a tensor's data to do so. A graph cannot read data. */
function readingLoss(y: tf.Tensor, predicted: tf.Tensor): tf.Tensor {
  return y.sub(predicted).square().mean().mul(y.dataSync().length);
}

const small = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });

Deno.test("a model that cannot become a graph runs in plain tfjs, with one warning", async () => {
  await useNative();
  // deno-lint-ignore no-explicit-any -- tfjs' types do not allow custom losses.
  const compile = () => ({ loss: readingLoss as any });
  const [x, y] = [data([6, 3]), data([6, 2], 2)];
  const [eager, fast] = buildTwins({ build: small, x, y, compile });
  const acceleration = accelerate(fast);
  const tensors = tf.memory().numTensors;
  const warnings = await warningsOf(async () => {
    for (let i = 0; i < 4; i++) {
      const [expected, actual] = [await eager.trainOnBatch(x, y), await fast.trainOnBatch(x, y)];
      assertClose([actual].flat(), [expected].flat(), 1e-4);
    }
  });
  assertEquals(tf.memory().numTensors, tensors);
  assertEquals(warnings.length, 1);
  assertMatch(warnings[0], /'train'.*in plain tfjs.*read a tensor's data/s);
  // The rest of the model is compiled.
  const before = countGraphs();
  fast.predict(x);
  assertEquals(countGraphs(), before + 1);
  acceleration.undo();
});

Deno.test("with `strict`, a model that cannot become a graph causes an error", async () => {
  await useNative();
  const model = small();
  // deno-lint-ignore no-explicit-any -- tfjs' types do not allow custom losses.
  model.compile({ optimizer: "sgd", loss: readingLoss as any });
  const acceleration = accelerate(model, { strict: true });
  const [x, y] = [data([6, 3]), data([6, 2], 2)];
  await assertRejects(() => model.trainOnBatch(x, y), CompileError, "read a tensor's data");
  acceleration.undo();
});

Deno.test("a model cannot be accelerated twice at the same time", async () => {
  await useNative();
  const model = small();
  const acceleration = accelerate(model);
  assertThrows(() => accelerate(model), CompileError, "undo()");
  acceleration.undo();
  acceleration.undo();
  accelerate(model).undo();
});

Deno.test("something that is not a model is refused, and says what it is", () => {
  const refused: [unknown, string][] = [
    [undefined, "found undefined"],
    [null, "found null"],
    [{}, "found an object of the class Object"],
    [tf.layers.dense({ units: 1 }), "found an object of the class Dense"],
    [[small(), "model"], "found a string"],
  ];
  for (const [model, found] of refused) {
    assertThrows(() => accelerate(model as tf.LayersModel), CompileError, found);
  }
});

Deno.test("disposing of a model frees its graphs, with several models when the last is disposed of", async () => {
  await useNative();
  const [x, y] = [data([6, 3]), data([6, 2], 2)];
  const before = [countGraphs(), tf.memory().numTensors];
  for (const count of [1, 2]) {
    const models = Array.from({ length: count }, small);
    const acceleration = accelerate(models, { strict: true });
    for (const model of models) {
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await model.trainOnBatch(x, y);
      tf.dispose(model.predict(x));
    }
    assert(countGraphs() > before[0]);
    for (const [i, model] of models.entries()) {
      assert(countGraphs() > before[0], `after ${i} of ${count}`);
      model.dispose();
    }
    assertEquals([countGraphs(), tf.memory().numTensors], before);
    acceleration.undo();
  }
});

Deno.test("a class that is derived from tf.Sequential is accelerated under any name", async () => {
  await useNative();
  class Own extends tf.Sequential {
    static override readonly className = "Own";
  }
  const build = () => new Own({ layers: small().layers });
  const [x, y] = [data([6, 3]), data([6, 2], 2)];
  const [eager, fast] = buildTwins({ build, x, y });
  const before = countGraphs();
  const acceleration = accelerate(fast, { strict: true });
  for (let i = 0; i < 3; i++) {
    const [expected, actual] = [await eager.trainOnBatch(x, y), await fast.trainOnBatch(x, y)];
    assertClose([actual].flat(), [expected].flat(), 1e-5);
  }
  assert(countGraphs() > before);
  acceleration.undo();
});

Deno.test("an accelerated model may be part of a compiled function", async () => {
  await useNative();
  const model = small();
  const acceleration = accelerate(model, { strict: true });
  const x = data([6, 3]);
  const expected = numbersOf(model.predict(x) as tf.Tensor);
  const doubled = compile((input: tf.Tensor) => (model.predict(input) as tf.Tensor).mul(2));
  for (let i = 0; i < 2; i++) {
    assertClose(numbersOf(doubled(x)), expected.map((value) => 2 * value), 1e-5);
  }
  doubled.dispose();
  acceleration.undo();
});

for (const engine of ["wasm", "cpu"] as const) {
  Deno.test(`on other engines an accelerated model behaves as before: ${engine}`, async () => {
    await startEngine({ engine });
    try {
      await assertUntouched();
    } finally {
      await useNative();
    }
  });
}

async function assertUntouched(): Promise<void> {
  const [x, y] = [data([6, 3]), data([6, 2], 2)];
  const [eager, fast] = buildTwins({ build: small, x, y });
  const acceleration = accelerate(fast, { strict: true });
  const args = { epochs: 2, batchSize: 4, verbose: 0, shuffle: false };
  const [expected, actual] = [await eager.fit(x, y, args), await fast.fit(x, y, args)];
  assertEquals(actual.history, expected.history);
  assertEquals(numbersOf(fast.predict(x) as tf.Tensor), numbersOf(eager.predict(x) as tf.Tensor));
  acceleration.undo();
}

Deno.test("the seed determines dropout in fit, and each step drops different units", async () => {
  await useNative();
  const [x, y] = [data([32, 3]), data([32, 2], 2)];
  const build = () =>
    tf.sequential({
      layers: [
        tf.layers.dropout({ rate: 0.5, inputShape: [3] }),
        tf.layers.dense({ units: 2, kernelInitializer: "ones" }),
      ],
    });
  const losses = async (seed: number) => {
    const model = build();
    // The learning rate is zero, so the losses differ only because of dropout.
    model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
    const acceleration = accelerate(model, { strict: true, seed });
    const args = { epochs: 3, batchSize: 32, verbose: 0, shuffle: false };
    const { history } = await model.fit(x, y, args);
    acceleration.undo();
    return history.loss as number[];
  };
  const first = await losses(1);
  assertEquals(new Set(first).size, 3);
  assertEquals(await losses(1), first);
  assert((await losses(2)).every((loss, i) => loss !== first[i]));
});

/** A loss that a graph can compute, and a loss that it cannot compute, because it reads data. */
const losses = { graph: "meanSquaredError", "plain tfjs": readingLoss };

for (const [runsIn, loss] of Object.entries(losses)) {
  Deno.test(`a seed and a counter resume dropout where a training stopped: in ${runsIn}`, async () => {
    await useNative();
    const [x, y] = [data([8, 6]), data([8, 2], 2)];
    const train = async (seed: number, start: number, steps: number) => {
      const counter = tf.variable(tf.scalar(start, "int32"), false);
      const model = tf.sequential({
        layers: [
          tf.layers.dropout({ rate: 0.5, inputShape: [6] }),
          tf.layers.dense({ units: 2, kernelInitializer: "ones" }),
        ],
      });
      // The learning rate is zero, so the losses differ only because of dropout.
      model.compile({ optimizer: tf.train.sgd(0), loss: loss as string });
      const acceleration = accelerate(model, { seed, counter });
      const found: number[] = [];
      await warningsOf(async () => {
        for (let i = 0; i < steps; i++) found.push(...[await model.trainOnBatch(x, y)].flat());
      });
      acceleration.undo();
      const [reached] = counter.dataSync();
      counter.dispose();
      return { found, reached };
    };
    const whole = await train(1, 0, 5);
    assertEquals(whole.reached, 5);
    assertEquals(new Set(whole.found).size, 5);
    assertEquals(await train(1, 0, 5), whole);
    assert((await train(2, 0, 5)).found.every((one, i) => one !== whole.found[i]));
    const half = await train(1, 0, 2);
    const rest = await train(1, half.reached, 3);
    assertEquals([...half.found, ...rest.found], whole.found);
  });
}

Deno.test("a model draws the same numbers in plain tfjs as in a graph", async () => {
  await useNative();
  const [x, y] = [data([8, 6]), data([8, 2], 2)];
  const train = async (loss: string | typeof readingLoss) => {
    const model = tf.sequential({
      layers: [
        tf.layers.gaussianNoise({ stddev: 1, inputShape: [6] }),
        tf.layers.dense({ units: 2, kernelInitializer: "ones" }),
        tf.layers.dropout({ rate: 0.5 }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: loss as string });
    const acceleration = accelerate(model, { seed: 3 });
    const args = { epochs: 4, batchSize: 4, verbose: 0, shuffle: false };
    const { history } = await model.fit(x, y, args);
    acceleration.undo();
    return history.loss as number[];
  };
  const expected = await train("meanSquaredError");
  assertEquals(new Set(expected).size, 4);
  await warningsOf(async () => {
    const actual = await train((y, predicted) => readingLoss(y, predicted).div(y.size));
    assertClose(actual, expected, 1e-5);
  });
});

Deno.test("a layer that draws in predict draws the same in plain tfjs as in a graph", async () => {
  await useNative();
  class Sampling extends tf.layers.Layer {
    static readonly className = "Sampling";
    readsData = false;
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const [input] = [inputs].flat();
      if (this.readsData) input.dataSync();
      return input.add(tf.randomNormal(input.shape));
    }
  }
  const predict = (readsData: boolean) => {
    const layer = new Sampling({ inputShape: [3] });
    layer.readsData = readsData;
    const model = tf.sequential({ layers: [layer] });
    const acceleration = accelerate(model, { seed: 4 });
    const found = [0, 1, 2].map(() => numbersOf(model.predict(tf.ones([5, 3])) as tf.Tensor));
    acceleration.undo();
    return found;
  };
  const expected = predict(false);
  assert(expected[1][0] !== expected[2][0]);
  await warningsOf(() => assertEquals(predict(true), expected));
});

Deno.test("many shapes create no more graphs than the limit and no additional tensors", async () => {
  await useNative();
  const input = tf.input({ shape: [null, 2] });
  const output = tf.layers.simpleRNN({ units: 2 }).apply(input) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  const before = tf.memory().numTensors;
  const graphs = countGraphs();
  const acceleration = accelerate(model, { strict: true, mostTraces: 4 });
  const warnings = await warningsOf(() => {
    for (let i = 0; i < 150; i++) {
      tf.tidy(() => {
        const x = data([3, 1 + i % 7, 2], i);
        const [actual, expected] = [model.predict(x), model.apply(x)] as tf.Tensor[];
        assertClose(numbersOf(actual), numbersOf(expected), 1e-5);
      });
      assert(countGraphs() <= graphs + 4);
    }
  });
  assertEquals(tf.memory().numTensors, before);
  assertMatch(warnings.join("\n"), /has 4 traces, the most that it may keep/);
  acceleration.undo();
  assertEquals(countGraphs(), graphs);
});

Deno.test("memory stays flat over 10,000 calls of 50 shapes", async () => {
  await useNative();
  // The outputs are large, so a leak of a few outputs would show.
  const units = 2000;
  const model = tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [2] })] });
  const acceleration = accelerate(model, { strict: true });
  const [calls, shapes] = [10_000, 50];
  const { binding } = nativeBackend();
  const count = () => [tf.memory().numTensors, binding.getNumOfTensors()];
  let [tensors, resident] = [count(), 0];
  await warningsOf(() => {
    for (let i = 0; i < calls; i++) {
      tf.tidy(() => void model.predict(tf.ones([1 + i % shapes, 2])));
      if (i === calls / 10) [tensors, resident] = [count(), Deno.memoryUsage().rss];
    }
  });
  assertEquals(count(), tensors);
  const megabytes = (Deno.memoryUsage().rss - resident) / 2 ** 20;
  assert(megabytes < 100, `the process grew by ${megabytes} MB`);
  acceleration.undo();
  model.dispose();
});

async function warningsOf(call: () => void | Promise<void>): Promise<string[]> {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (message: string) => void warnings.push(message);
  try {
    await call();
  } finally {
    console.warn = warn;
  }
  return warnings;
}
