/** Tests that equal operations on pieces of a tensor are joined, and that no bit changes. */
import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/compile/mod.ts";
import { programNodes } from "../../lib/compile/nodes.ts";
import { programOf } from "../../lib/compile/owned_programs.ts";
import { variablesOf } from "../../lib/compile/part.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

type Step = (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor[];

const gate = (sum: tf.Tensor) => sum.mul(0.2).add(0.5).clipByValue(0, 1);

/**
 * Functions of two tensors with six columns, each with the name of an operation and the number of
 * times that this operation should occur in the function's graph.
 */
const cases: readonly [name: string, step: Step, operation: string, count: number][] = [
  ["all pieces", (x, y) => pairs(x, y, 3).map(gate), "Minimum", 1],
  [
    "some neighbouring pieces",
    (x, y) => {
      const [a, b, c] = pairs(x, y, 3);
      return [gate(a), gate(b), c.tanh()];
    },
    "Minimum",
    1,
  ],
  [
    "pieces that are not neighbours",
    (x, y) => {
      const [a, b, c] = pairs(x, y, 3);
      return [gate(a), b.tanh(), gate(c)];
    },
    "Minimum",
    2,
  ],
  [
    "pieces with different numbers",
    (x) => {
      const [a, b] = tf.split(x, 2, 1);
      return [a.mul(2).add(1), b.mul(3).add(1)];
    },
    "Mul",
    2,
  ],
  [
    "pieces that change places",
    (x, y) => {
      const [[a, b], [c, d]] = [x, y].map((whole) => tf.split(whole, 2, 1));
      return [a.mul(d).add(1), b.mul(c).add(1)];
    },
    "Mul",
    2,
  ],
  [
    "a piece that is also a result",
    (x, y) => {
      const [a, b] = pairs(x, y, 2);
      return [a, gate(a), gate(b)];
    },
    "Minimum",
    2,
  ],
  ["pieces before a ReLU", (x, y) => pairs(x, y, 2).map((sum) => sum.relu()), "Add", 2],
  [
    "gradients of pieces",
    (x, y) => {
      const loss = (x: tf.Tensor, y: tf.Tensor) => {
        const [a, b] = pairs(x, y, 2).map(gate);
        return a.mul(b).sum();
      };
      return tf.grads(loss)([x, y]).map((gradient) => gradient.neg());
    },
    "Select",
    1,
  ],
];

for (const [name, step, operation, count] of cases) {
  Deno.test(`joining keeps the bits and the number of operations is right: ${name}`, async () => {
    await useNative();
    const [x, y] = [1, 2].map((seed) => normal<tf.Rank.R2>([4, 6], seed, 0));
    const compiled = compile(step);
    const [actual, expected] = [compiled(x, y), step(x, y)].map((results) =>
      results.map((tensor) => [...tensor.dataSync<"float32">()])
    );
    assertEquals(actual, expected);
    const { parts } = programOf(compiled)!;
    const nodes = programNodes(parts, variablesOf(parts));
    assertEquals(nodes.filter((node) => node.operation === operation).length, count);
    assert(nodes.every(({ inputs }) => inputs.every((input) => input.length > 0)));
    compiled.dispose();
  });
}

/** Adds the pieces of two tensors. */
function pairs(x: tf.Tensor, y: tf.Tensor, count: number): tf.Tensor[] {
  const [a, b] = [x, y].map((whole) => tf.split(whole, count, 1));
  return a.map((piece, i) => piece.add(b[i]));
}
