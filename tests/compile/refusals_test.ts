/**
 * Tests calls that a graph could not repeat correctly, for example because the graph would freeze a
 * value that changes. Such a call must be refused and must change nothing.
 */
import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError, type StepFunction } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

/** A regular expression that matches a place in this file, such as `refusals_test.ts:12`. */
const HERE = "refusals_test\\.ts:\\d+";

let counter = 0;
let kept: tf.Tensor | undefined;
const four = (value: number) => tf.fill([4], value);

const refusals: readonly { name: string; step: unknown; says: RegExp }[] = [
  {
    name: "numbers of a generator in JavaScript",
    step: (x: tf.Tensor) => x.add(tf.rand([4], () => Math.random())),
    says: RegExp(`Math\\.random\\) in tf\\.rand, called at .*${HERE}.*tf\\.randomUniform`),
  },
  {
    name: "a bit drawn in JavaScript",
    step: (x: tf.Tensor) => Math.random() < 0.5 ? x : x.neg(),
    says: RegExp(`Math\\.random\\), at .*${HERE}`),
  },
  {
    name: "random numbers of the system",
    step: (x: tf.Tensor) => x.mul(tf.tensor1d([...crypto.getRandomValues(new Uint8Array(4))])),
    says: RegExp(`crypto\\.getRandomValues\\), at .*${HERE}.*tf\\.randomUniform`),
  },
  {
    name: "the value of a draw with its own seed",
    step: (x: tf.Tensor) => x.mul(tf.randomUniform([1], 0, 1, "float32", ++counter).dataSync()[0]),
    says: RegExp(`read a tensor's data .*${HERE}`),
  },
  {
    name: "a counter",
    step: (x: tf.Tensor) => x.mul(counter++),
    says: RegExp(`in tf\\.mul, called at .*${HERE}.*and others`),
  },
  {
    name: "the time",
    step: (x: tf.Tensor) => x.mul(Date.now() % 1000),
    says: RegExp(`in tf\\.mul, called at .*${HERE}.*and others`),
  },
  {
    name: "a variable that only a later call makes",
    step: (x: tf.Tensor) => {
      if (counter++ % 2) tf.variable(tf.scalar(2));
      return x.mul(2);
    },
    says: /made a variable when it was called again/,
  },
  {
    name: "an operation that only a later call runs",
    step: (x: tf.Tensor) => {
      const doubled = x.mul(2);
      return counter++ % 2 ? doubled.neg() : doubled;
    },
    says: RegExp(`something else .*in tf\\.neg, called at .*${HERE}`),
  },
  {
    name: "an operation that a later call leaves out, although it catches the error",
    step: (x: tf.Tensor) => {
      try {
        return counter++ % 2 ? x.exp() : x.neg().exp();
      } catch {
        return x;
      }
    },
    says: RegExp(`something else .*in tf\\.\\w+, called at .*${HERE}`),
  },
  {
    name: "a branch on a counter",
    step: (x: tf.Tensor) => counter++ % 2 ? x.square() : x.exp(),
    says: RegExp(`something else .*in tf\\.\\w+, called at .*${HERE}`),
  },
  {
    name: "a result that alternates",
    step: (x: tf.Tensor) => {
      const results = [x.square(), x.exp()];
      return results[counter++ % 2];
    },
    says: /returned other results/,
  },
  {
    name: "a record whose names alternate",
    step: (x: tf.Tensor) => ({ [counter++ % 2 ? "a" : "b"]: x.square() }),
    says: /returned a record of (a, and a record of b|b, and a record of a) /,
  },
  {
    name: "data that is read in a promise",
    step: (x: tf.Tensor) => {
      x.data().catch(() => {});
      return x.mul(2);
    },
    says: RegExp(`read a tensor's data .*, at .*${HERE}`),
  },
  {
    name: "an optimizer's count of its steps",
    step: (x: tf.Tensor) => {
      optimizer.applyGradients({ [weight.name]: x.sum() });
      return x.div(optimizer.iterations);
    },
    says: RegExp(`in tf\\.div, called at .*${HERE}`),
  },
  {
    name: "a tensor that is kept for the next call",
    step: (x: tf.Tensor) => {
      const result = x.sub(kept ?? 0);
      kept = tf.keep(x.mul(2));
      return result;
    },
    says: RegExp(
      `an earlier call .*in tf\\.sub, called at .*${HERE}.*variable`,
    ),
  },
  {
    name: "a stateful recurrent layer",
    step: () => stateful.apply(tf.ones([1, 3, 2])),
    says: /'remembers'.*stateful.*initialState/,
  },
  {
    name: "a variable that is disposed of",
    step: (x: tf.Tensor) => {
      spare.dispose();
      return x.mul(2);
    },
    says: /disposed of the variable 'spare'/,
  },
  {
    name: "a promise",
    step: (x: tf.Tensor) => Promise.reject(x),
    says: /promise.*async/,
  },
  { name: "a number", step: () => 3, says: /found a number/ },
  { name: "text", step: () => "x", says: /found a string/ },
  { name: "null", step: () => null, says: /found null/ },
  {
    name: "a map",
    step: () => new Map(),
    says: /found an object of the class Map/,
  },
  { name: "a list with null", step: () => [null], says: /found null among/ },
  {
    name: "a list with a hole",
    step: () => [undefined],
    says: /undefined among/,
  },
  {
    name: "a list in a record",
    step: () => ({ a: [four(1)] }),
    says: /found an array among/,
  },
];

let stateful: tf.layers.Layer;
let optimizer: tf.Optimizer;
let weight: tf.Variable;
let spare: tf.Variable;

for (const { name, step, says } of refusals) {
  Deno.test(`a call is refused and undone every time: ${name}`, async () => {
    await useNative();
    stateful = tf.layers.simpleRNN({
      units: 2,
      stateful: true,
      name: "remembers",
      batchInputShape: [1, 3, 2],
    });
    stateful.apply(tf.ones([1, 3, 2]));
    optimizer = tf.train.sgd(0.1);
    weight = tf.variable(tf.scalar(1));
    spare = tf.variable(tf.scalar(1), true, "spare");
    kept = undefined;
    counter = 0;
    try {
      assertRefused(name, step as StepFunction, says);
    } finally {
      if (!spare.isDisposed) spare.dispose();
    }
  });
}

function assertRefused(name: string, step: StepFunction, says: RegExp): void {
  const moved = tf.variable(four(0.9));
  const compiled = compile((x: tf.Tensor) => {
    moved.assign(moved.sub(0.1));
    return step(x);
  });
  const x = four(1);
  const start = moved.dataSync();
  const tensors = tf.memory().numTensors;
  // The case that disposes of a variable runs once, because a variable cannot be disposed of twice.
  for (let i = 0; i < (name.includes("disposed") ? 1 : 3); i++) {
    const error = assertThrows(() => compiled(x), CompileError);
    assertMatch(error.message, says);
    assertEquals(moved.dataSync(), start);
    assertEquals(weight.dataSync()[0], 1);
    assertEquals(optimizer.iterations, 0);
  }
  // Three cases make or dispose of tensors that outlive the call.
  const isEven = !/disposed of|later call makes|kept for the next call/.test(name);
  if (isEven) assertEquals(tf.memory().numTensors, tensors);
  compiled.dispose();
}

Deno.test("an async function is refused before it runs", async () => {
  await useNative();
  let ran = false;
  const step = async (x: tf.Tensor) => {
    ran = true;
    await x.data();
  };
  const compiled = compile(step as unknown as StepFunction);
  await assertRejects(
    () => Promise.resolve().then(() => compiled(tf.scalar(1))),
    CompileError,
    "async",
  );
  assertEquals(ran, false);
});

Deno.test("a compiled function inside a gradient is refused, because the gradient would miss it", async () => {
  await useNative();
  const double = compile((x: tf.Tensor) => x.mul(2));
  double(four(1));
  const around = (x: tf.Tensor) => double(x).add(x);
  assertThrows(
    () => tf.grad(around)(four(1)),
    CompileError,
    "inside a gradient",
  );
  double.dispose();
});

Deno.test("a compiled function inside a compiled function is refused, traced or not", async () => {
  await useNative();
  const double = compile((x: tf.Tensor) => x.mul(2));
  const outer = compile((x: tf.Tensor) => double(x).add(1));
  for (let i = 0; i < 2; i++) {
    assertThrows(() => outer(four(1)), CompileError, "called another one");
    assertEquals(double(four(3)).dataSync(), four(6).dataSync());
  }
  double.dispose();
});

Deno.test("a refused call leaves the variables that it created with their first values", async () => {
  await useNative();
  const weight = tf.variable(tf.scalar(1));
  const adam = tf.train.adam(0.1);
  const step = compile((refuse: tf.Tensor) => {
    adam.minimize(() => weight.square(), false, [weight]);
    return refuse.size > 1 ? refuse.dataSync() as never : weight.sum();
  });
  assertThrows(() => step(four(1)), CompileError, "read a tensor's data");
  assertEquals(weight.dataSync()[0], 1);
  for (let i = 0; i < 3; i++) step(tf.scalar(1));
  const other = tf.variable(tf.scalar(1));
  const eager = tf.train.adam(0.1);
  for (let i = 0; i < 3; i++) {
    eager.minimize(() => other.square(), false, [other]);
  }
  assertEquals(weight.dataSync()[0].toFixed(5), other.dataSync()[0].toFixed(5));
  step.dispose();
});

Deno.test("a call that fails in the graph leaves the variables with the values from before the call", async () => {
  await useNative();
  const total = tf.variable(tf.tensor1d([1, 1], "int32"));
  const ints = (...values: number[]) => tf.tensor1d(values, "int32");
  const step = compile((by: tf.Tensor1D) => {
    total.assign(total.add(ints(1, 1)) as tf.Tensor1D);
    return tf.floorDiv(ints(6, 8), by);
  });
  step(ints(1, 1));
  assertEquals([...total.dataSync()], [2, 2]);
  assertThrows(() => step(ints(1, 0)), Error, "ivision by zero");
  assertEquals([...total.dataSync()], [2, 2]);
  step(ints(1, 1));
  assertEquals([...total.dataSync()], [3, 3]);
  step.dispose();
});

const allowed: Readonly<Record<string, StepFunction>> = {
  "tf.eye": (x: tf.Tensor) => tf.eye(5).mul(x.sum()),
  "a window": (x: tf.Tensor) => tf.signal.hannWindow(32).mul(x.sum()),
  "another window": (x: tf.Tensor) => tf.signal.hammingWindow(32).mul(x.sum()),
  "numbers of a seed": (x: tf.Tensor) => tf.randomUniform([50], 0, 1, "float32", 3).mul(x.sum()),
  "dropout with a seed": (x: tf.Tensor) =>
    tf.dropout(tf.ones([50]).mul(x.sum()), 0.5, undefined, 3),
  "zeros of both signs": (x: tf.Tensor) =>
    tf.div(1, tf.tensor1d([...Array(20).fill(0), -0]).mul(x.sum())),
  "tf.expandDims": (x: tf.Tensor) => tf.expandDims(x, 1),
  "a model that is built in the first call": (() => {
    let model: tf.LayersModel | undefined;
    return (x: tf.Tensor) => {
      model ??= tf.sequential({
        layers: [tf.layers.dense({ units: 9, inputShape: [4] })],
      });
      return model.apply(x.reshape([1, 4])) as tf.Tensor;
    };
  })(),
};

for (const [name, step] of Object.entries(allowed)) {
  Deno.test(`a value that is the same in each call is not refused: ${name}`, async () => {
    await useNative();
    const compiled = compile(step, { exact: true });
    for (let i = 1; i < 4; i++) {
      const [actual, expected] = [compiled(four(i)), step(four(i))].map((
        result,
      ) => (result as tf.Tensor).dataSync());
      assertEquals(actual, expected);
    }
    compiled.dispose();
  });
}
