import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  accelerate,
  chromeTrace,
  compile,
  CompileError,
  explainGraph,
  type Explanation,
  explanationTable,
} from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

Deno.test("explainGraph counts the parts of a compiled function", async () => {
  await useNative();
  const weights = tf.variable(tf.ones([40, 30]));
  const outside = tf.ones([30, 5]);
  const step = compile((x: tf.Tensor2D) => {
    const y = x.matMul(weights as tf.Tensor2D).relu().matMul(outside as tf.Tensor2D).add(3);
    weights.assign(weights.mul(0.5));
    return y;
  });
  await assertRejects(() => explainGraph(step), CompileError, "call it first");
  step(tf.ones([20, 40]));
  const [explanation, ...others] = await explainGraph(step);
  assertEquals(others, []);
  assertEquals(explanation.name, "step");
  assertEquals(explanation.arguments, [[20, 40]]);
  assertEquals(explanation.variables, { count: 1, bytes: 40 * 30 * 4 });
  assertEquals(explanation.captured, { count: 1, bytes: 30 * 5 * 4 });
  assertEquals(countOf(explanation, /MatMul/), 2);
  assertEquals(countOf(explanation, /AssignVariableOp/), 1);
  assertConsistent(explanation);
  // Running the function for the explanation has changed nothing.
  assertEquals(weights.dataSync()[0], 0.5);
  step.dispose();
});

Deno.test("explainGraph reports known numbers for a small function, and the line of each operation", async () => {
  await useNative();
  let line = 0;
  const step = compile((x: tf.Tensor2D) => {
    line = lineHere();
    const squares = x.square();
    const sums = squares.add(1);
    const products = sums.mul(tf.tensor1d([2, 3]));
    return products.exp();
  });
  step(tf.ones([8, 2]));
  const [explanation] = await explainGraph(step);
  assertEquals(explanation.operations.traced, 4);
  // A run also has an input, a result, a start, and a constant as its end.
  assertEquals(countsOf(explanation), {
    ...{ Square: 1, Add: 1, Mul: 1, Exp: 1 },
    ...{ _Arg: 1, Identity: 1, NoOp: 1, Const: 3 },
  });
  assertEquals(explanation.operations.run, 10);
  // One constant is a 1, the other one has two numbers.
  assertEquals(explanation.constants, { count: 2, bytes: 4 + 8 });
  assertEquals(explanation.captured, { count: 0, bytes: 0 });
  assertEquals(explanation.variables, { count: 0, bytes: 0 });
  // The square gets its own memory. The other operations write their results to the same memory.
  assertEquals(explanation.allocatedBytes, 8 * 2 * 4);
  for (const [i, operation] of ["Square", "Add", "Mul", "Exp"].entries()) {
    const { place } = explanation.slowest.find((one) => one.operation === operation)!;
    const [name, at] = place.split(", called at ");
    assertEquals(name, `in tf.${operation.toLowerCase()}`);
    assertMatch(at, RegExp(`explain_test\\.ts:${line + 1 + i}:\\d+$`));
  }
  step.dispose();
});

Deno.test("explainGraph counts operations before and after they were fused", async () => {
  await useNative();
  const [kernel, bias] = [[40, 30], [30]].map((shape) => tf.variable(tf.ones(shape)));
  const dense = compile((x: tf.Tensor2D) => x.matMul(kernel as tf.Tensor2D).add(bias));
  dense(tf.ones([20, 40]));
  const [explanation] = await explainGraph(dense);
  assertEquals(explanation.operations.traced, 2);
  assertEquals(countOf(explanation, /Fused.*MatMul/), 1);
  assertEquals(countOf(explanation, /Add|^(Batch)?MatMul/), 0);
  assertEquals(explanation.constants, { count: 0, bytes: 0 });
  assertEquals(explanation.variables, { count: 2, bytes: (40 * 30 + 30) * 4 });
  // Only the result gets memory.
  assertEquals(explanation.allocatedBytes, 20 * 30 * 4);
  dense.dispose();
});

Deno.test("explainGraph explains each trace of an accelerated model, with the operations that TensorFlow has fused", async () => {
  await useNative();
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: "relu", inputShape: [4] }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 2 }),
    ],
  });
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  const acceleration = accelerate(model, { strict: true });
  const [x, y] = [tf.ones([12, 4]), tf.ones([12, 2])];
  await model.fit(x, y, { epochs: 3, batchSize: 12, verbose: 0 });
  model.predict(x);
  const explanations = await explainGraph(acceleration);
  assertEquals(explanations.map(({ name }) => name), ["train", "predict"]);
  const [train, predict] = explanations;
  assertEquals(countOf(train, /ResourceApplyAdam/), 4);
  assertEquals(countOf(train, /StatelessRandomUniform/), 1);
  assertEquals(countOf(predict, /Fused.*MatMul/), 2);
  assertEquals(countOf(predict, /StatelessRandomUniform/), 0);
  for (const explanation of explanations) assertConsistent(explanation);
  assertMatch(
    explanationTable(explanations),
    /train\(\[12, 4\], \[12, 2\]\): [\d.]+ ms[^]*ResourceApplyAdam/,
  );
  const { traceEvents } = JSON.parse(chromeTrace(explanations));
  const events = explanations.reduce((sum, { run }) => sum + run.length, 0);
  assertEquals(traceEvents.length, events + explanations.length);
  acceleration.undo();
});

function countsOf({ byOperation }: Explanation): Record<string, number> {
  return Object.fromEntries(byOperation.map(({ operation, count }) => [operation, count]));
}

/** Returns the number of the line that calls this function. */
function lineHere(): number {
  const [, , caller] = new Error().stack!.split("\n");
  return Number(/:(\d+):\d+\)?$/.exec(caller)![1]);
}

function countOf({ byOperation }: Explanation, name: RegExp): number {
  return byOperation.filter(({ operation }) => name.test(operation))
    .reduce((sum, { count }) => sum + count, 0);
}

function assertConsistent(explanation: Explanation): void {
  const { byOperation, run, operations, slowest, milliseconds } = explanation;
  assertEquals(byOperation.reduce((sum, { count }) => sum + count, 0), run.length);
  assertEquals(operations.run, run.length);
  assertAlmostEquals(byOperation.reduce((sum, { share }) => sum + share, 0), 1, 1e-6);
  assert(run.every(({ start, microseconds }) => start >= 0 && microseconds >= 0));
  assert(milliseconds >= slowest[0].milliseconds);
  assertEquals(
    slowest.map((one) => one.milliseconds),
    slowest.map((one) => one.milliseconds).sort((a, b) => b - a),
  );
}
