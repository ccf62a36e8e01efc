/**
 * Tests that tensors which a function splits, repeats, broadcasts and concatenates in any way keep
 * their values in the compiled graph.
 */
import { assert } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile } from "../../lib/compile/mod.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

type Step = (x: tf.Tensor2D, y: tf.Tensor2D) => tf.Tensor[];

/** Functions of two tensors with three rows and six columns. */
const cases: Readonly<Record<string, Step>> = {
  "an argument beside itself": (x) => [tf.concat([x, x], 1).mul(2)],
  "a piece beside itself": (x) => {
    const [a, b] = tf.split(x, 2, 1);
    return [tf.concat([b, b, a], 1).mul(2)];
  },
  "a softmax beside itself": (x) => {
    const softmax = tf.softmax(x);
    return [tf.concat([softmax, softmax], 1).mul(3)];
  },
  "a product beside itself": (x, y) => {
    const [[a], [b]] = [x, y].map((whole) => tf.split(whole, 3, 1));
    const product = a.mul(b);
    return [tf.concat([product, product], 1).tanh()];
  },
  "overlapping runs of pieces": (x) => {
    const [a, b, c] = tf.split(x, 3, 1);
    return [a.add(1), b.add(1), b.mul(2), c.mul(2)].map((piece) => piece.tanh());
  },
  "concatenations that begin alike": (x, y) => {
    const [a, b, c] = pairs(x, y, 3).map(([left, right]) => left.mul(right));
    return [tf.concat([a, b], 1).tanh(), tf.concat([a, b, c], 1).tanh()];
  },
  "a concatenation of products, split again": (x, y) => {
    const products = pairs(x, y, 3).map(([left, right]) => left.mul(right));
    return tf.split(tf.concat(products, 1), 2, 1).map((piece) => piece.add(1).tanh());
  },
  "pieces times different numbers": (x) => {
    const [a, b] = tf.split(x, 2, 1);
    return [tf.concat([a.mul(2), b.mul(3)], 1).tanh()];
  },
  "pieces times the same column": (x) => {
    const column = tf.tensor2d([[1], [0], [2]]);
    return [tf.concat(tf.split(x, 3, 1).map((piece) => piece.mul(column)), 1).tanh()];
  },
  "pieces times a filled column": (x) => {
    const column = tf.fill([3, 1], 2);
    return [tf.concat(tf.split(x, 3, 1).map((piece) => piece.mul(column)), 1).tanh()];
  },
  "pieces times different columns": (x, y) => {
    const [a, b] = tf.split(x, 2, 1);
    return [tf.concat([a.mul(y.sum(1, true)), b.mul(y.max(1, true))], 1).tanh()];
  },
  "columns that are pieces, times wider tensors": (x, y) => {
    const [a, b] = tf.split(y.slice([0, 0], [3, 2]), 2, 1);
    return [tf.concat([a.mul(x), b.mul(x.add(1))], 1).tanh()];
  },
};

for (const [name, step] of Object.entries(cases)) {
  Deno.test(`compiled and eager results agree: ${name}`, async () => {
    await useNative();
    assertSame(step);
  });
}

/** One step of a random program. The numbers choose its operation and its operands. */
const instruction = fc.tuple(fc.nat(9), fc.nat(), fc.nat(), fc.nat());

Deno.test("compiled and eager results agree for random programs of splits and concatenations", async () => {
  await useNative();
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 3, maxLength: 14 }), (program) => {
      assertSame((x, y) => runProgram(program, [x, y]));
    }),
    { numRuns: 60 },
  );
});

/** Returns the tensors that the program has made last. */
function runProgram(
  program: readonly (readonly [number, number, number, number])[],
  tensors: tf.Tensor[],
): tf.Tensor[] {
  const pick = (number: number) => tensors[tensors.length - 1 - number % tensors.length];
  for (const [operation, i, j, k] of program) {
    const [a, b, c] = [i, j, k].map(pick);
    tensors.push(...apply(operation, a, b, c));
  }
  return tensors.slice(-4).map((tensor) => tensor.mul(0.5));
}

function apply(operation: number, a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor[] {
  const columns = a.shape[1]!;
  const canPair = a.shape[1] === b.shape[1] || a.shape[1] === 1 || b.shape[1] === 1;
  const other = canPair ? b : tf.scalar(0.7);
  switch (operation) {
    case 0:
    case 1:
      return columns % 3 === 0
        ? tf.split(a, 3, 1)
        : columns % 2 === 0
        ? tf.split(a, 2, 1)
        : [a.neg()];
    case 2:
    case 3:
      return [limited(tf.concat([a, b, c], 1))];
    case 4:
      return [limited(tf.concat([a, b], 1))];
    case 5:
      return [a.mul(other).tanh()];
    case 6:
      return [a.add(other), a.mul(0.3)];
    case 7:
      return [tf.maximum(a, other)];
    case 8:
      return [a.shape[1] === b.shape[1] ? tf.where(a.greater(0), a, b) : tf.softmax(a)];
    default:
      return [a.mul(other), b.mul(0.3)];
  }
}

/** Returns the tensor, or its first 12 columns if it has more. */
function limited(tensor: tf.Tensor): tf.Tensor {
  return tensor.shape[1]! > 12 ? tensor.slice([0, 0], [3, 12]) : tensor;
}

function assertSame(step: Step): void {
  const [x, y] = [1, 2].map((seed) => normal<tf.Rank.R2>([3, 6], seed, 0));
  const compiled = compile(step);
  const [actual, expected] = [compiled(x, y), step(x, y)].map((results) =>
    results.flatMap((tensor) => [tensor.shape.join("x"), ...tensor.dataSync<"float32">()])
  );
  compiled.dispose();
  assert(actual.length === expected.length, `${actual.length} of ${expected.length} values`);
  for (const [i, value] of expected.entries()) {
    const isSame = typeof value === "string"
      ? actual[i] === value
      : Math.abs(Number(actual[i]) - value) <= 1e-5 * Math.max(1, Math.abs(value));
    assert(isSame, `value ${i}: wanted ${value}; found ${actual[i]}`);
  }
}

/** Splits two tensors, and returns the pieces with the same number together. */
function pairs(x: tf.Tensor, y: tf.Tensor, count: number): [tf.Tensor, tf.Tensor][] {
  const [a, b] = [x, y].map((whole) => tf.split(whole, count, 1));
  return a.map((piece, i) => [piece, b[i]]);
}
