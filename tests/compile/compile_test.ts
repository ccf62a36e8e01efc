import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { startEngine } from "../../lib/engine/backend.ts";
import {
  compile,
  CompileError,
  type CompileOptions,
  type StepFunction,
} from "../../lib/compile/mod.ts";
import { nativeBackend } from "../../lib/native/native_backend.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

const CALLS = 20;

Deno.test("the steps of every tfjs optimizer are the same, bit for bit, in eager and compiled functions", async () => {
  await useNative();
  const optimizers: Record<string, () => tf.Optimizer> = {
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.1, 0.9),
    adagrad: () => tf.train.adagrad(0.1),
    adadelta: () => tf.train.adadelta(0.1),
    adamax: () => tf.train.adamax(0.1),
    rmsprop: () => tf.train.rmsprop(0.01),
    adam: () => tf.train.adam(0.01),
  };
  for (const [name, make] of Object.entries(optimizers)) {
    const { eager, exact, fused } = compareTraining(denseModel, make, [12, 5], [
      12,
      3,
    ]);
    assertEquals(exact, eager, name);
    assertClose(fused, eager, name);
  }
});

const models: Readonly<
  Record<
    string,
    { build: () => tf.LayersModel; input: number[]; output: number[] }
  >
> = {
  "BatchNormalization": {
    build: () =>
      tf.sequential({
        layers: [
          // This layer has no bias, because the normalization would cancel it. The gradient of such
          // a bias consists of rounding errors, which Adam would turn into steps.
          tf.layers.dense({
            units: 8,
            inputShape: [5],
            useBias: false,
            kernelInitializer: seeded(1),
          }),
          tf.layers.batchNormalization(),
          tf.layers.leakyReLU({ alpha: 0.2 }),
          tf.layers.dense({ units: 3, kernelInitializer: seeded(2) }),
        ],
      }),
    input: [12, 5],
    output: [12, 3],
  },
  "a convolutional classifier": {
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 4,
            kernelSize: 3,
            activation: "relu",
            inputShape: [10, 10, 1],
            kernelInitializer: seeded(1),
          }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3, kernelInitializer: seeded(2) }),
        ],
      }),
    input: [6, 10, 10, 1],
    output: [6, 3],
  },
  "an LSTM": {
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.lstm({
            units: 4,
            inputShape: [5, 3],
            kernelInitializer: seeded(1),
            recurrentInitializer: seeded(2),
          }),
          tf.layers.dense({ units: 2, kernelInitializer: seeded(3) }),
        ],
      }),
    input: [6, 5, 3],
    output: [6, 2],
  },
  "an embedding": {
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.embedding({
            inputDim: 7,
            outputDim: 4,
            inputLength: 5,
            embeddingsInitializer: seeded(1),
          }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 2, kernelInitializer: seeded(2) }),
        ],
      }),
    input: [6, 5],
    output: [6, 2],
  },
  "a GRU": {
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.gru({
            units: 4,
            inputShape: [5, 3],
            kernelInitializer: seeded(1),
            recurrentInitializer: seeded(2),
          }),
          tf.layers.dense({ units: 2, kernelInitializer: seeded(3) }),
        ],
      }),
    input: [6, 5, 3],
    output: [6, 2],
  },
};

for (const [name, { build, input, output }] of Object.entries(models)) {
  Deno.test(`a model with ${name} trains to the same bits eagerly and with exact compilation, and to within 1e-4 otherwise`, async () => {
    await useNative();
    const { eager, exact, fused } = compareTraining(
      build,
      () => tf.train.adam(0.01),
      input,
      output,
    );
    assertEquals(exact, eager);
    assertClose(fused, eager);
  });
}

Deno.test("integers, booleans, scalars, lists of results and records are the same as in eager mode", async () => {
  await useNative();
  const functions: StepFunction[] = [
    (x: tf.Tensor, n: tf.Tensor) => x.mul(n.cast("float32").reshape([3, 1])),
    (
      x: tf.Tensor,
      n: tf.Tensor,
    ) => [n.add(tf.scalar(3, "int32")), x.greater(0), x.sum()],
    (x: tf.Tensor, n: tf.Tensor) => ({
      floored: x.floor().cast("int32"),
      mask: n.equal(2).logicalOr(n.less(1)),
    }),
    (x: tf.Tensor) => tf.split(x, 2, 1),
    (x: tf.Tensor) => x.argMax(1),
    (x: tf.Tensor) => tf.topk(x, 2).values,
    (x: tf.Tensor) => x.zerosLike().add(tf.ones([3, 4])),
    (x: tf.Tensor) => x,
    (x: tf.Tensor) => [x, x],
  ];
  for (const step of functions) {
    const compiled = compile(step);
    for (let i = 0; i < 3; i++) {
      const x = tf.tensor2d(
        [1, -2, 3, 4, 5, 6, -7, 8, 9, 10, 11, 12].map((value) => value + i),
        [3, 4],
      );
      const n = tf.tensor1d([0, 2, 1], "int32");
      assertEquals(
        describe(compiled(x, n)),
        describe(step(x, n)),
        step.toString(),
      );
    }
    compiled.dispose();
  }
});

Deno.test("a function that returns nothing still changes its variables", async () => {
  await useNative();
  const counter = tf.variable(tf.scalar(0));
  const count = compile((by: tf.Scalar) => counter.assign(counter.add(by)));
  for (const by of [1, 2, 3, 4]) count(tf.scalar(by));
  assertEquals(counter.dataSync()[0], 10);
  count.dispose();
  assertEquals(counter.dataSync()[0], 10);
});

Deno.test("code outside always reads a variable's current value, and the next call sees the values that this code writes", async () => {
  await useNative();
  const v = tf.variable(tf.tensor1d([1, 2]));
  const double = compile(() => {
    v.assign(v.mul(2));
    return v.sum();
  });
  const seen: number[][] = [];
  for (let i = 0; i < 3; i++) {
    double();
    seen.push([...v.dataSync()]);
  }
  double();
  double();
  seen.push([...v.add(1).dataSync()]);
  v.assign(tf.tensor1d([10, 20]));
  assertEquals(double().dataSync()[0], 60);
  seen.push([...v.dataSync()]);
  assertEquals(seen, [[2, 4], [4, 8], [8, 16], [33, 65], [20, 40]]);
  double.dispose();
});

Deno.test("a clone of a variable keeps the value that it was made from", async () => {
  await useNative();
  const v = tf.variable(tf.scalar(1));
  const increment = compile(() => v.assign(v.add(1)));
  const clones: tf.Tensor[] = [];
  for (let i = 0; i < 4; i++) {
    clones.push(v.clone());
    increment();
  }
  assertEquals(clones.map((clone) => clone.dataSync()[0]), [1, 2, 3, 4]);
  assertEquals(v.dataSync()[0], 5);
  increment.dispose();
});

Deno.test("functions share their variables, whether they are compiled together or separately", async () => {
  await useNative();
  const v = tf.variable(tf.scalar(1));
  const steps = {
    grow: (by: tf.Scalar) => v.assign(v.mul(by)),
    look: () => v.add(0.5),
  };
  const together = compile(steps);
  const apart = { grow: compile(steps.grow), look: compile(steps.look) };
  const seen: number[] = [];
  for (const { grow, look } of [together, apart, together, apart]) {
    grow(tf.scalar(3));
    seen.push(look().dataSync()[0]);
  }
  assertEquals(seen, [3.5, 9.5, 27.5, 81.5]);
  together.dispose();
  apart.grow.dispose();
  apart.look.dispose();
  assertEquals(v.dataSync()[0], 81);
});

Deno.test("two variables made from one tensor are independent", async () => {
  await useNative();
  const start = tf.tensor1d([1, 2]);
  const [a, b] = [tf.variable(start), tf.variable(start)];
  const step = compile(() => {
    a.assign(a.add(b));
    return b.mul(1);
  });
  for (let i = 0; i < 3; i++) assertEquals([...step().dataSync()], [1, 2]);
  assertEquals([...a.dataSync()], [4, 8]);
  step.dispose();
});

Deno.test("different shapes and types are traced again, and the variables keep their values", async () => {
  await useNative();
  const sum = tf.variable(tf.scalar(0));
  let runs = 0;
  const add = compile((x: tf.Tensor) => {
    runs++;
    sum.assign(sum.add(x.sum().cast("float32")));
    return sum.clone();
  });
  const inputs = [
    tf.ones([2]),
    tf.ones([3]),
    tf.ones([2]),
    tf.ones([2], "int32"),
    tf.ones([3]),
  ];
  assertEquals(inputs.map((input) => add(input).dataSync()[0]), [
    2,
    5,
    7,
    9,
    12,
  ]);
  // Each of the three traces runs the function twice.
  assertEquals(runs, 6);
  add.dispose();
});

Deno.test("a graph keeps the values of captured tensors, even after they are disposed of", async () => {
  await useNative();
  const big = tf.range(0, 1000);
  const step = compile((x: tf.Tensor) => x.mul(big).sum());
  const expected = step(tf.scalar(2)).dataSync()[0];
  big.dispose();
  assertEquals(step(tf.scalar(2)).dataSync()[0], expected);
  assertEquals(expected, 999_000);
  step.dispose();
});

Deno.test("softmax and its gradient have the same bits eagerly and with exact compilation", async () => {
  await useNative();
  for (const shape of [[6], [2, 3], [3, 17], [64, 10], [2, 3, 4, 9]]) {
    const x = normal(shape, 1, 0).mul(3);
    const step = (x: tf.Tensor) => [
      tf.softmax(x),
      tf.grad((x: tf.Tensor) => tf.softmax(x).square())(x),
    ];
    const [eager, exact, fused] = [
      step,
      compile(step, { exact: true }),
      compile(step),
    ].map((call) => call(x).map((result) => [...result.dataSync()]));
    assertEquals(exact, eager, `${shape}`);
    assertClose(fused, eager, `${shape}`);
  }
});

Deno.test("random tensors differ from call to call as in eager mode", async () => {
  await useNative();
  const step = (number: tf.Scalar) => normal([5], 3, number);
  const compiled = compile(step);
  for (let i = 0; i < 4; i++) {
    const number = tf.scalar(i, "int32");
    assertEquals(compiled(number).dataSync(), step(number).dataSync());
  }
  compiled.dispose();
});

Deno.test("dispose frees every native tensor and session, and the variables keep their values", async () => {
  await useNative();
  const { binding } = nativeBackend();
  // This call gives native tensors to variables that other tests left behind.
  inner(tf.scalar(1));
  const before = [binding.getNumOfTensors(), binding.getNumOfSavedModels()];
  const start = tf.tensor1d([1, 2, 3]);
  const v = tf.variable(start);
  const captured = tf.tensor1d([4, 5, 6]);
  const step = compile((x: tf.Tensor1D) => {
    v.assign(v.add(x.mul(captured)));
    return v.sum();
  });
  for (let i = 0; i < 5; i++) tf.tidy(() => void step(tf.ones([3])));
  assertEquals(binding.getNumOfSavedModels(), before[1] + 1);
  step.dispose();
  assertEquals([...v.dataSync()], [21, 27, 33]);
  tf.dispose([start, v, captured]);
  assertEquals(
    [binding.getNumOfTensors(), binding.getNumOfSavedModels()],
    before,
  );
});

Deno.test("many calls leave no more native tensors and tfjs tensors behind than a few calls", async () => {
  await useNative();
  const { binding } = nativeBackend();
  const v = tf.variable(tf.scalar(0));
  const step = compile((x: tf.Scalar) => {
    v.assign(v.add(x));
    return v.mul(2);
  });
  const counts = Array.from({ length: 2000 }, () => {
    tf.tidy(() => void step(tf.scalar(1)));
    return `${binding.getNumOfTensors()} ${tf.memory().numTensors}`;
  });
  assertEquals(counts.at(-1), counts[10]);
  step.dispose();
  v.dispose();
});

const refusals: readonly { name: string; step: StepFunction; says: RegExp }[] = [
  {
    name: "reading data",
    step: (x: tf.Tensor) => tf.scalar(x.dataSync()[0]),
    says:
      /read a tensor's data .*, at .*compile_test\.ts:\d+.*return the tensor, and read it outside/,
  },
  {
    name: "data made inside",
    step: (x: tf.Tensor) => x.mul(tf.tensor1d(Array.from({ length: 50 }, (_, i) => i))),
    says:
      /shape \[50\] from 50 numbers in JavaScript, at .*compile_test\.ts:\d+.*Pass data in as an argument/,
  },
  { name: "text", step: () => tf.tensor1d(["a"]), says: /tensor of strings/ },
  {
    name: "a result that is no tensor",
    step: () => [3 as unknown as tf.Tensor],
    says: /returns a tensor, or an array or a record of tensors/,
  },
  {
    name: "another compiled function inside",
    step: (x: tf.Tensor) => inner(x),
    says: /called another one/,
  },
];
const inner = compile((x: tf.Tensor) => x.add(1));

for (const { name, step, says } of refusals) {
  Deno.test(`a traced call is refused with a remedy: ${name}`, async () => {
    await useNative();
    inner(tf.scalar(1));
    const before = tf.memory().numTensors;
    const x = tf.scalar(1);
    const error = assertThrows(() => compile(step)(x), CompileError);
    assertMatch(error.message, says);
    x.dispose();
    assertEquals(tf.memory().numTensors, before);
    assertEquals(tf.tidy(() => tf.scalar(2).add(3).dataSync()[0]), 5);
  });
}

Deno.test("arguments that are not tensors are refused with a remedy", async () => {
  await useNative();
  const step = compile((x: tf.Tensor) => x);
  assertThrows(
    () => step(3 as unknown as tf.Tensor),
    CompileError,
    "pass a number in as tf.scalar(number)",
  );
});

Deno.test("the error states the position of an argument that was disposed of", async () => {
  await useNative();
  const step = compile((a: tf.Tensor, b: tf.Tensor) => a.add(b));
  const [a, b] = [tf.scalar(1), tf.scalar(2)];
  b.dispose();
  assertThrows(() => step(a, b), CompileError, "argument 2 has been disposed");
});

Deno.test("the error names a variable that was disposed of", async () => {
  await useNative();
  const v = tf.variable(tf.scalar(1), true, "a_disposed_one");
  const step = compile(() => v.add(1));
  step();
  v.dispose();
  assertThrows(() => step(), CompileError, "'a_disposed_one'");
  step.dispose();
});

Deno.test("the error names an operation that fails in the graph, and the line that called it", async () => {
  await useNative();
  const step = compile((a: tf.Tensor1D, b: tf.Tensor1D) => tf.floorDiv(a, b));
  const ints = (...values: number[]) => tf.tensor1d(values, "int32");
  step(ints(6, 8), ints(2, 3));
  const error = assertThrows(
    () => step(ints(6, 8), ints(2, 0)),
    Error,
    "ivision by zero",
  );
  assertMatch(
    error.message,
    /failed in the operation FloorDiv, called at .*compile_test\.ts:\d+/,
  );
  step.dispose();
});

Deno.test("on other engines the original function is called", async () => {
  await startEngine({ engine: "cpu" });
  let calls = 0;
  const step = compile((x: tf.Tensor) => {
    calls++;
    return x.add(tf.randomNormal([50]));
  });
  for (let i = 0; i < 3; i++) step(tf.scalar(1));
  assertEquals(calls, 3);
  step.dispose();
  await useNative();
});

Deno.test("small random graphs give the same bits eagerly and with exact compilation, and are within 1e-4 otherwise", async () => {
  await useNative();
  const operations: readonly ((a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor2D)[] = [
    (a, b) => a.add(b),
    (a, b) => a.sub(b),
    (a, b) => a.mul(b),
    (a, b) => a.div(b.abs().add(1)),
    (a) => a.div(3),
    (a) => a.mul(0.7),
    (a, b) => a.maximum(b),
    (a, b) => a.matMul(b.transpose()).matMul(b).mul(0.01),
    (a) => a.sub(a.mean(0)),
    (a) => a.tanh(),
    (a) => a.relu(),
    (a) => a.abs().sqrt(),
    (a, b) => a.div(b.abs().add(0.1).sqrt()),
    (a) => a.abs().add(0.1).rsqrt().square() as tf.Tensor2D,
    (a) => a.mul(a.mean()),
    (a) => tf.sub(1, a),
    (a) => a.add(0.3),
    (a, b) => tf.where(a.greater(0), a, b),
    (a, b) => tf.concat2d([a.slice([0, 0], [2, 4]), b.slice([0, 0], [1, 4])], 0),
    (a) => a.sum(1, true).add(a) as tf.Tensor2D,
  ];
  const choice = fc.tuple(
    fc.nat({ max: operations.length - 1 }),
    fc.nat(),
    fc.nat(),
  );
  fc.assert(
    fc.property(
      fc.array(choice, { minLength: 1, maxLength: 12 }),
      (choices) => {
        tf.tidy(() => {
          const step = (x: tf.Tensor2D, y: tf.Tensor2D) => {
            const made = [x, y];
            for (const [operation, a, b] of choices) {
              made.push(
                operations[operation](
                  made[a % made.length],
                  made[b % made.length],
                ),
              );
            }
            return made.at(-1)!;
          };
          const exact = compile(step, { exact: true });
          const fused = compile(step);
          const [x, y] = [1, 2].map((seed) =>
            tf.randomNormal([3, 4], 0, 1, "float32", seed) as tf.Tensor2D
          );
          const expected = step(x, y).dataSync();
          assertEquals(exact(x, y).dataSync(), expected);
          assertClose([[...fused(x, y).dataSync()]], [[...expected]]);
          exact.dispose();
          fused.dispose();
        });
      },
    ),
    { numRuns: 40 },
  );
});

/** Asserts that numbers are equal to within 1e-4. For numbers above 1, the limit is relative. */
function assertClose(
  actual: number[][],
  expected: number[][],
  what?: string,
): void {
  expected.forEach((values, i) =>
    values.forEach((value, j) =>
      assertAlmostEquals(
        actual[i][j],
        value,
        1e-4 * Math.max(1, Math.abs(value)),
        what,
      )
    )
  );
}

function compareTraining(
  build: () => tf.LayersModel,
  makeOptimizer: () => tf.Optimizer,
  inputShape: number[],
  outputShape: number[],
): Readonly<Record<"eager" | "exact" | "fused", number[][]>> {
  const run = (options?: CompileOptions): number[][] => {
    const [model, optimizer] = [build(), makeOptimizer()];
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const step = (x: tf.Tensor, y: tf.Tensor) =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () =>
            (model.apply(toInput(model, x), { training: true }) as tf.Tensor)
              .sub(y).square()
              .mean<tf.Scalar>(),
          variables,
        );
        optimizer.applyGradients(grads);
        return value;
      });
    const call = options ? compile(step, options) : step;
    const losses = Array.from(
      { length: CALLS },
      (_, i) =>
        tf.tidy(() =>
          call(normal(inputShape, 1, i), normal(outputShape, 2, i))
            .dataSync()[0]
        ),
    );
    const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
    assert(losses.every(Number.isFinite));
    if ("dispose" in call) (call as { dispose(): void }).dispose();
    return [...weights, losses];
  };
  return {
    eager: run(),
    exact: run({ exact: true }),
    fused: run({ exact: false }),
  };
}

/** Returns the input for a model. A model with an embedding gets word numbers from 0 to 6. */
function toInput(model: tf.LayersModel, x: tf.Tensor): tf.Tensor {
  return model.layers[0].getClassName() === "Embedding" ? x.abs().mul(2).minimum(6).floor() : x;
}

function denseModel(): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({
        units: 8,
        inputShape: [5],
        activation: "relu",
        kernelInitializer: seeded(1),
      }),
      tf.layers.dense({ units: 3, kernelInitializer: seeded(2) }),
    ],
  });
}

function seeded(seed: number) {
  return tf.initializers.glorotUniform({ seed });
}

function describe(results: ReturnType<StepFunction>): unknown {
  if (results instanceof tf.Tensor) {
    return {
      dtype: results.dtype,
      shape: results.shape,
      values: [...results.dataSync()],
    };
  }
  if (Array.isArray(results)) return results.map(describe);
  return Object.fromEntries(
    Object.entries(results as Record<string, tf.Tensor>).map((
      [name, tensor],
    ) => [name, describe(tensor)]),
  );
}
