import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { accelerate } from "../../../lib/compile/mod.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative } from "../../support/engine.ts";
import { assertClose, buildTwins, data, type ModelCase, numbersOf } from "./compare_models.ts";

const COUNT = 22;

// The cases below create tensors, so the engine must start first.
await useNative();

const plain: ModelCase = {
  build: () =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: 6, activation: "relu", inputShape: [4] }),
        tf.layers.batchNormalization(),
        tf.layers.dense({ units: 3, activation: "softmax" }),
      ],
    }),
  x: data([COUNT, 4]),
  y: tf.oneHot(Array.from({ length: COUNT }, (_, i) => i % 3), 3).cast("float32"),
  compile: () => ({
    optimizer: tf.train.momentum(0.05, 0.9),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy", "mse"],
  }),
};

const branched: ModelCase = {
  build: () => {
    const [a, b] = [4, 3].map((units) => tf.input({ shape: [units] }));
    const joined = tf.layers.concatenate().apply([a, b]);
    const shared = tf.layers.dense({ units: 5, activation: "tanh" }).apply(joined);
    const outputs = ["first", "second"].map((name, i) =>
      tf.layers.dense({ units: i + 1, name }).apply(shared) as tf.SymbolicTensor
    );
    return tf.model({ inputs: [a, b], outputs });
  },
  x: [data([COUNT, 4]), data([COUNT, 3], 2)],
  y: [data([COUNT, 1], 3), data([COUNT, 2], 4)],
  compile: () => ({ loss: ["meanSquaredError", "meanAbsoluteError"], metrics: ["mse"] }),
};

const runs: Readonly<Record<string, [ModelCase, tf.ModelFitArgs]>> = {
  "shuffled batches, the last one smaller": [plain, { epochs: 3, batchSize: 8 }],
  "one batch": [plain, { epochs: 3, batchSize: 100 }],
  "the default batch": [plain, { epochs: 2 }],
  "batches in order": [plain, { epochs: 2, batchSize: 8, shuffle: false }],
  "later epochs": [plain, { epochs: 5, initialEpoch: 3, batchSize: 11 }],
  "a share for validation": [plain, { epochs: 3, batchSize: 5, validationSplit: 0.3 }],
  "validation data": [plain, {
    epochs: 2,
    batchSize: 8,
    validationData: [data([9, 4], 5), tf.oneHot([0, 1, 2, 0, 1, 2, 0, 1, 2], 3).cast("float32")],
  }],
  "weights of classes": [plain, { epochs: 2, batchSize: 8, classWeight: { 0: 1, 1: 5, 2: 0.1 } }],
  "several inputs and outputs": [branched, { epochs: 3, batchSize: 8, validationSplit: 0.2 }],
};

for (const [name, [modelCase, args]] of Object.entries(runs)) {
  Deno.test(`fit returns the same history and calls callbacks as in eager mode: ${name}`, async () => {
    await useNative();
    const [eager, fast] = buildTwins(modelCase);
    const expected = await watchFit(eager, modelCase, args);
    const acceleration = accelerate(fast, { strict: true });
    const before = tf.memory().numTensors;
    const actual = await watchFit(fast, modelCase, args);
    assertEquals(tf.memory().numTensors - before, expected.tensors);
    acceleration.undo();
    assertSameEvents(actual.events, expected.events);
    assertEquals(Object.keys(actual.history), Object.keys(expected.history));
    for (const [key, values] of Object.entries(expected.history)) {
      assertClose(actual.history[key] as number[], values as number[], 1e-3, key);
    }
  });
}

Deno.test("a callback of a custom class gets tensors wherever tfjs passes tensors", async () => {
  await useNative();
  class Watch extends tf.Callback {
    readonly kinds: string[] = [];
    override onBatchEnd(_: number, logs: tf.Logs): Promise<void> {
      this.kinds.push(`batch ${kindsOf(logs)}`);
      return Promise.resolve();
    }
    override onEpochEnd(_: number, logs: tf.Logs): Promise<void> {
      this.kinds.push(`epoch ${kindsOf(logs)}`);
      return Promise.resolve();
    }
  }
  const [expected, actual] = await bothWays(plain, async (model) => {
    const watch = new Watch();
    const callbacks = [watch];
    await fit(model, plain, { epochs: 2, batchSize: 8, validationSplit: 0.2, callbacks });
    return watch.kinds;
  });
  assertEquals(actual, expected);
});

Deno.test("fit pauses as often as the caller wants, and waits for each pause", async () => {
  await useNative();
  const events = await bothWays(plain, async (model) => {
    const seen: string[] = [];
    const callbacks = {
      onYield: async (epoch: number, batch: number, logs: tf.Logs) => {
        assert(typeof logs.loss === "number");
        seen.push(`pause ${epoch}.${batch}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push("continue");
      },
      onEpochEnd: (epoch: number) => void seen.push(`epoch ${epoch}`),
    };
    // The interval is so short that every batch is followed by a pause.
    await fit(model, plain, { epochs: 2, batchSize: 8, yieldEvery: 1e-9, callbacks });
    return seen;
  });
  for (const seen of events) {
    const epoch = (i: number) => [
      ...[0, 1, 2].flatMap((batch) => [`pause ${i}.${batch}`, "continue"]),
      `epoch ${i}`,
    ];
    assertEquals(seen, [...epoch(0), ...epoch(1)]);
  }
});

Deno.test("fit does not pause before the interval is over", async () => {
  await useNative();
  const pauses = await bothWays(plain, async (model) => {
    let count = 0;
    const callbacks = { onYield: () => void count++ };
    await fit(model, plain, { epochs: 2, batchSize: 8, yieldEvery: 3_600_000, callbacks });
    return count;
  });
  assertEquals(pauses, [0, 0]);
});

Deno.test("timers fire during fit, because it pauses by itself", async () => {
  await useNative();
  const fired = await bothWays(plain, async (model) => {
    let isFitting = true;
    const duringFit = new Promise<boolean>((resolve) => setTimeout(() => resolve(isFitting), 1));
    await fit(model, plain, { epochs: 8, batchSize: 4, yieldEvery: 5 });
    isFitting = false;
    return duringFit;
  });
  assertEquals(fired, [true, true]);
});

Deno.test("early stopping works, even in the middle of an epoch", async () => {
  await useNative();
  const early = () => tf.callbacks.earlyStopping({ monitor: "val_loss", minDelta: 10 });
  const [expected, actual] = await bothWays(plain, async (model) => {
    const args = { epochs: 9, batchSize: 8, validationSplit: 0.2, callbacks: early() };
    const { epoch } = await fit(model, plain, args);
    let batches = 0;
    const callbacks = {
      onBatchEnd: (batch: number) => {
        batches++;
        if (batch === 1) model.stopTraining = true;
      },
    };
    await fit(model, plain, { epochs: 4, batchSize: 5, callbacks });
    return { epoch, batches };
  });
  assertEquals(actual, expected);
  assertEquals(actual.batches, 2);
  assert(actual.epoch.length < 9);
});

Deno.test("a learning rate that a callback changes takes effect", async () => {
  await useNative();
  for (const optimizer of [() => tf.train.sgd(0.1), () => tf.train.adam(0.1)]) {
    const compile = () => ({ ...plain.compile!(), optimizer: optimizer() });
    const [expected, actual] = await bothWays({ ...plain, compile }, async (model) => {
      const callbacks = {
        onEpochBegin: (epoch: number) => {
          const inner = model.optimizer as unknown as Record<string, unknown>;
          const rate = epoch === 2 ? 0 : 0.1 / (epoch + 1);
          if (typeof inner.setLearningRate === "function") inner.setLearningRate(rate);
          else inner.learningRate = rate;
        },
      };
      const { history } = await fit(model, plain, { epochs: 5, shuffle: false, callbacks });
      return history.loss as number[];
    });
    assertClose(actual, expected, 1e-3);
  }
});

Deno.test("fitDataset and evaluateDataset give the same results as in eager mode", async () => {
  await useNative();
  const dataset = () => {
    const [xs, ys] = [plain.x, plain.y].map((all) =>
      tf.data.array((all as tf.Tensor2D).arraySync())
    );
    return tf.data.zip({ xs, ys }).batch(8) as unknown as tf.data.Dataset<tf.TensorContainer>;
  };
  const [expected, actual] = await bothWays(plain, async (model) => {
    const { history } = await model.fitDataset(dataset(), {
      epochs: 3,
      verbose: 0,
      validationData: dataset(),
      classWeight: { 0: 1, 1: 2, 2: 1 },
    });
    // deno-lint-ignore no-explicit-any -- tfjs' types require a dataset of objects.
    const evaluated = [await model.evaluateDataset(dataset() as any, {})].flat();
    return [...Object.values(history).flat() as number[], ...evaluated.flatMap(numbersOf)];
  });
  assertClose(actual, expected, 1e-3);
});

Deno.test("an accelerated model can be saved, loaded and trained further", async () => {
  await useNative();
  const compile = () => ({ ...plain.compile!(), optimizer: tf.train.sgd(0.1) });
  const [expected, actual] = await bothWays({ ...plain, compile }, async (model, isFast) => {
    await fit(model, plain, { epochs: 2, shuffle: false });
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(await artifactsOf(model)));
    loaded.compile({ loss: "meanSquaredError", ...compile() });
    const acceleration = isFast ? accelerate(loaded, { strict: true }) : undefined;
    const { history } = await fit(loaded, plain, { epochs: 2, shuffle: false });
    acceleration?.undo();
    return history.loss as number[];
  });
  assertClose(actual, expected, 1e-3);
});

Deno.test("a model that is saved with its optimizer goes on as if it had never been saved", async () => {
  await useNative();
  const compile = () => ({ ...plain.compile!(), optimizer: tf.train.adam(0.01) });
  const [model] = buildTwins({ ...plain, compile });
  const acceleration = accelerate(model, { strict: true });
  await fit(model, plain, { epochs: 2, shuffle: false });
  const artifacts = await artifactsOf(model, { includeOptimizer: true });
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  const again = accelerate(loaded, { strict: true });
  const [expected, actual] = [
    await fit(model, plain, { epochs: 2, shuffle: false }),
    await fit(loaded, plain, { epochs: 2, shuffle: false }),
  ].map(({ history }) => history.loss as number[]);
  assertClose(actual, expected, 1e-6);
  for (const one of [acceleration, again]) one.undo();
});

/** Returns what `model.save` writes. */
async function artifactsOf(
  model: tf.LayersModel,
  options?: tf.io.SaveConfig,
): Promise<tf.io.ModelArtifacts> {
  let saved: tf.io.ModelArtifacts | undefined;
  const handler = tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    const modelArtifactsInfo = { dateSaved: new Date(0), modelTopologyType: "JSON" as const };
    return Promise.resolve({ modelArtifactsInfo });
  });
  await model.save(handler, options);
  return saved!;
}

Deno.test("undo restores the original model, which can be accelerated again", async () => {
  await useNative();
  const [eager, fast] = buildTwins(plain);
  const inner = (fast as unknown as { model: object }).model;
  const before = Object.keys(inner);
  const outer = Object.keys(fast);
  const losses: number[][] = [[], []];
  for (let round = 0; round < 4; round++) {
    const acceleration = round % 2 ? undefined : accelerate(fast, { strict: true });
    for (const [i, model] of [eager, fast].entries()) {
      const { history } = await fit(model, plain, { epochs: 2, shuffle: false });
      losses[i].push(...history.loss as number[]);
    }
    acceleration?.undo();
    const replaced = Object.entries(inner).filter(([key, value]) =>
      typeof value === "function" && !before.includes(key)
    );
    // tfjs itself stores a function in the field testFunction.
    assertEquals(replaced.map(([key]) => key).filter((key) => key !== "testFunction"), []);
    assertEquals(Object.keys(fast), outer);
  }
  assertClose(losses[1], losses[0], 1e-3);
});

Deno.test("a second model.compile takes effect", async () => {
  await useNative();
  for (const modelCase of [plain, { ...branched, compile: () => ({ loss: "meanSquaredError" }) }]) {
    const [expected, actual] = await bothWays(modelCase, async (model) => {
      const first = await fit(model, modelCase, { epochs: 1, shuffle: false });
      model.compile({ optimizer: tf.train.adam(0.02), loss: "meanAbsoluteError" });
      const second = await fit(model, modelCase, { epochs: 2, shuffle: false });
      return [first, second].flatMap(({ history }) => history.loss as number[]);
    });
    assertClose(actual, expected, 1e-3);
  }
});

Deno.test("layers that are frozen or released between calls of fit take effect without model.compile", async () => {
  await useNative();
  const [expected, actual] = await bothWays(plain, async (model) => {
    const weights: number[] = [];
    for (const isTrainable of [true, false, true, false]) {
      model.layers[0].trainable = isTrainable;
      await fit(model, plain, { epochs: 2, shuffle: false });
      weights.push(...model.getWeights().flatMap((weight) => [...weight.dataSync()]));
    }
    return weights;
  });
  assertClose(actual, expected, 1e-3);
});

Deno.test("predict works in batches and inside a gradient", async () => {
  await useNative();
  const [expected, actual] = await bothWays(branched, (model) => {
    const whole = [model.predict(branched.x, { batchSize: 5 })].flat();
    const slope = tf.grad((x: tf.Tensor) =>
      (model.predict([x, (branched.x as tf.Tensor[])[1]]) as tf.Tensor[])[0]
    );
    return [...whole, slope((branched.x as tf.Tensor[])[0])].flatMap(numbersOf);
  });
  assertClose(actual, expected, 1e-4);
  assertGreater(actual.length, COUNT * 6);
});

Deno.test("predict refuses inputs with different numbers of rows as in eager mode", async () => {
  await useNative();
  const uneven = [data([40, 4]), data([33, 3])];
  const [expected, actual] = await bothWays(branched, (model) => {
    const { message } = assertThrows(() => model.predict(uneven, { batchSize: 32 }), Error);
    return message;
  });
  assertEquals(actual, expected);
});

Deno.test("the weights have the same bits after fit with `exact`", async () => {
  const [eager, fast] = buildTwins(plain);
  const acceleration = accelerate(fast, { strict: true, exact: true });
  for (const model of [eager, fast]) await fit(model, plain, { epochs: 3, batchSize: 8 });
  acceleration.undo();
  const [expected, actual] = [eager, fast].map((model) => model.getWeights().flatMap(numbersOf));
  assertEquals(actual, expected);
});

async function bothWays<T>(
  modelCase: ModelCase,
  run: (model: tf.LayersModel, isFast: boolean) => T | Promise<T>,
): Promise<[eager: T, fast: T]> {
  const [eager, fast] = buildTwins(modelCase);
  const expected = await run(eager, false);
  const acceleration = accelerate(fast, { strict: true });
  const actual = await run(fast, true);
  acceleration.undo();
  return [expected, actual];
}

/** The shuffles are the same each time. */
async function fit(
  model: tf.LayersModel,
  { x, y }: ModelCase,
  args: tf.ModelFitArgs,
): Promise<tf.History> {
  const { random } = Math;
  const stream = randomStream(1, "shuffles");
  Math.random = () => stream.uniform();
  try {
    return await model.fit(x, y, { verbose: 0, ...args });
  } finally {
    Math.random = random;
  }
}

interface Watched {
  readonly history: tf.History["history"];
  readonly events: Event[];
  /** Leaked tensors. */
  readonly tensors: number;
}

interface Event {
  readonly name: string;
  readonly logs: Record<string, number>;
}

async function watchFit(
  model: tf.LayersModel,
  modelCase: ModelCase,
  args: tf.ModelFitArgs,
): Promise<Watched> {
  const events: Event[] = [];
  const note = (name: string) => (at?: number, logs?: tf.Logs) => {
    const numbers = typeof at === "number" ? logs : undefined;
    events.push({ name: `${name} ${at}`, logs: { ...numbers as Record<string, number> } });
  };
  const callbacks = {
    onTrainBegin: () => note("train")(),
    onTrainEnd: () => note("trained")(),
    onEpochBegin: note("epoch"),
    onEpochEnd: note("epoch ends"),
    onBatchBegin: note("batch"),
    onBatchEnd: note("batch ends"),
  };
  const before = tf.memory().numTensors;
  const { history } = await fit(model, modelCase, { ...args, callbacks });
  return { history, events, tensors: tf.memory().numTensors - before };
}

function assertSameEvents(actual: readonly Event[], expected: readonly Event[]): void {
  assertEquals(actual.map(({ name }) => name), expected.map(({ name }) => name));
  for (const [i, { name, logs }] of expected.entries()) {
    assertEquals(Object.keys(actual[i].logs).sort(), Object.keys(logs).sort(), name);
    const keys = Object.keys(logs);
    assertClose(keys.map((key) => actual[i].logs[key]), keys.map((key) => logs[key]), 1e-3, name);
  }
}

function kindsOf(logs: object): string {
  const kinds = Object.entries(logs).map(([key, value]) => `${key}: ${typeof value}`);
  return kinds.sort().join(", ");
}
