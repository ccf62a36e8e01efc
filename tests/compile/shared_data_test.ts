/**
 * Tests compiled functions on tensors that share their data, such as a tensor and the same tensor
 * in another shape.
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile, CompileError, type StepFunction } from "../../lib/compile/mod.ts";
import { useNative } from "../support/engine.ts";

/**
 * Creates two tensors of four numbers. Returns each of the two tensors in three shapes that share
 * the same data, so six tensors in all.
 */
function makeForms() {
  const [x, y] = [[1, -2, 3, 0.5], [5, 3, -4, 2]].map((values) => tf.tensor1d(values));
  const formsOf = (all: tf.Tensor) => [all, all.reshape([2, 2]), all.reshape([4, 1])];
  return [...formsOf(x), ...formsOf(y)];
}

/** The tested functions. Each argument has four numbers and can have any shape. */
const functions: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  "a difference": (a, b) => a.reshape([4]).sub(b.reshape([4])),
  "a gradient": (a, b) => tf.grad((p: tf.Tensor) => p.reshape([4]).mul(b.reshape([4])))(a),
  "a product with itself": (a, b) => a.mul(a).add(b.reshape(a.shape)),
};

for (const [name, step] of Object.entries(functions)) {
  Deno.test(`reshaped tensors with the same data are different arguments: ${name}`, async () => {
    await useNative();
    const index = fc.nat({ max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(index, index), { minLength: 2, maxLength: 5 }), (calls) => {
        const run = (call: StepFunction) =>
          tf.tidy(() => {
            const forms = makeForms();
            return calls.map(([a, b]) => {
              const result = call(forms[a], forms[b]) as tf.Tensor;
              return [result.shape, [...result.dataSync()]];
            });
          });
        const compiled = compile(step as StepFunction, { exact: true });
        assertEquals(run(compiled), run(step as StepFunction));
        compiled.dispose();
      }),
      { numRuns: 6 },
    );
  });
}

Deno.test("a result keeps its numbers when the function is called again, also on that result", async () => {
  await useNative();
  for (const exact of [true, false]) {
    const step = compile((a: tf.Tensor, b: tf.Tensor) => a.mul(2).add(b), { exact });
    const x = tf.tensor1d([1, 10]);
    const first = step(x, x);
    const second = step(first, x);
    const third = step(second, second);
    assertEquals(
      [x, first, second, third].map((tensor) => [...tensor.dataSync()]),
      [[1, 10], [3, 30], [7, 70], [21, 210]],
    );
    step.dispose();
    assertEquals([...third.dataSync()], [21, 210]);
  }
});

Deno.test("an argument survives the disposal of a result that equals it, and the other way round", async () => {
  await useNative();
  const step = compile((a: tf.Tensor) => [a, a, a.reshape([2, 1])]);
  for (let i = 0; i < 3; i++) {
    const x = tf.tensor1d([i, i + 1]);
    const [one, other, column] = step(x);
    one.dispose();
    assertEquals([...x.dataSync()], [i, i + 1]);
    x.dispose();
    assertEquals([...other.dataSync()], [i, i + 1]);
    other.dispose();
    assertEquals([column.shape, [...column.dataSync()]], [[2, 1], [i, i + 1]]);
    column.dispose();
  }
  step.dispose();
});

Deno.test("a variable that is returned is a copy of its value after the call", async () => {
  await useNative();
  const v = tf.variable(tf.tensor1d([1, 2]));
  const step = compile((by: tf.Scalar) => {
    v.assign(v.mul(by));
    return v.mul(1);
  });
  const seen = [2, 3, 5].map((by) => step(tf.scalar(by)));
  v.assign(tf.tensor1d([0, 0]));
  assertEquals(seen.map((tensor) => tensor.dataSync()[1]), [4, 12, 60]);
  step.dispose();
});

Deno.test("refused and accepted calls in any order give what the accepted ones alone give", async () => {
  await useNative();
  fc.assert(
    fc.property(
      // A call with three numbers is refused, because it reads the data of its argument.
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 8 }),
      (sizes) => {
        const [v, w] = [1, 2].map((value) => tf.variable(tf.scalar(value)));
        const optimizer = tf.train.momentum(0.1, 0.5);
        const body = (x: tf.Tensor) => {
          optimizer.minimize(() => v.sub(x.mean()).square() as tf.Scalar, false, [v]);
          w.assign(w.add(v));
          if (x.size === 3) x.dataSync();
          return w.mul(v);
        };
        const step = compile(body, { exact: true });
        const results: number[] = [];
        for (const size of sizes) {
          if (size === 3) assertThrows(() => step(tf.ones([3])), CompileError);
          else results.push(step(tf.fill([size], size)).dataSync()[0]);
        }
        step.dispose();
        // Computes the same steps in plain JavaScript. In each step, the optimizer's moment m
        // becomes 0.5 m + slope.
        let [value, total, moment, at] = [1, 2, 0, 0];
        for (const size of sizes) {
          if (size === 3) continue;
          moment = 0.5 * moment + 2 * (value - size);
          value -= 0.1 * moment;
          total += value;
          assertAlmostEquals(results[at++], total * value, 1e-4);
        }
        assertAlmostEquals(v.dataSync()[0], value, 1e-4);
        assertAlmostEquals(w.dataSync()[0], total, 1e-4);
        assertEquals(optimizer.iterations, at);
      },
    ),
    { numRuns: 8 },
  );
});
