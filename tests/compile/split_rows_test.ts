import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { compile } from "../../lib/compile/mod.ts";
import type { GraphNode } from "../../lib/compile/graph_def.ts";
import { splitRows } from "../../lib/compile/fused/split_rows.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";
import { withEnvironment } from "../support/environment.ts";

/**
 * Environment variables that make TensorFlow run each operation on one thread, and two operations
 * at the same time.
 */
const oneThreadEach = {
  TF_NUM_INTRAOP_THREADS: "1",
  TF_NUM_INTEROP_THREADS: "2",
};

const T = { kind: "type", value: 1 } as const;

/**
 * A graph with two matrix products, each followed by an activation. It also has a sum, which needs
 * all rows of the first activation's result.
 */
const chain: readonly GraphNode[] = [
  node("x", "Placeholder", []),
  node("w", "Placeholder", []),
  node("first", "MatMul", ["x", "w"]),
  node("active", "LeakyRelu", ["first"]),
  node("second", "MatMul", ["active", "w"]),
  node("y", "Tanh", ["second"]),
  node("total", "Sum", ["active"]),
];

Deno.test("a chain of products is split into halves, which are joined only for operations that need all rows", () => {
  const { nodes: split, shapes } = splitRows(chain, shapesOf(64), new Set(["y"]));
  const byName = new Map(split.map((node) => [node.name, node]));
  assertEquals(
    split.filter(({ operation }) => operation === "MatMul").map(({ inputs }) => inputs),
    [
      ["x/halves", "w"],
      ["x/halves:1", "w"],
      ["active/half0", "w"],
      ["active/half1", "w"],
    ],
  );
  const joined = split.filter(({ operation }) => operation === "ConcatV2");
  assertEquals(joined.map(({ name }) => name), ["active", "y"]);
  assertEquals(shapes.get("second/half1"), [32, 8]);
  const before = new Set<string>();
  for (const { name, inputs } of split) {
    for (const input of inputs) assert(before.has(input.replace(/:\d$/, "")));
    before.add(name);
  }
  assertEquals(byName.get("total"), chain.at(-1));
});

Deno.test("a batch with too few or an odd number of rows, or a single product, is not split", () => {
  for (const rows of [2, 32, 65]) {
    assertEquals(splitRows(chain, shapesOf(rows), new Set(["y"])).nodes, chain);
  }
  const single = chain.filter(({ name }) => !["second", "y"].includes(name));
  assertEquals(splitRows(single, shapesOf(64), new Set()).nodes, single);
});

/**
 * Operations from which the test builds random networks. Each operation takes and returns a matrix
 * with eight columns.
 */
const parts: readonly ((x: tf.Tensor2D, seed: number) => tf.Tensor2D)[] = [
  (x, seed) => x.matMul(normal<tf.Rank.R2>([8, 8], seed, 0)).mul(0.4),
  (x, seed) => x.add(normal([8], seed, 1)) as tf.Tensor2D,
  (x) => tf.leakyRelu(x, 0.2) as tf.Tensor2D,
  (x) => tf.tanh(x),
  (x, seed) => x.mul(normal(x.shape, seed, 2)) as tf.Tensor2D,
  (x) => x.sub(x.mean(0, true)) as tf.Tensor2D,
  (x) => x.mul(x.mean(1, true)) as tf.Tensor2D,
];

Deno.test("all kinds of networks and their gradients give the same results when split into halves", async () => {
  await useNative();
  const network = fc.array(fc.nat(parts.length - 1), {
    minLength: 2,
    maxLength: 9,
  });
  fc.assert(
    fc.property(network, fc.constantFrom(64, 66, 128), (chosen, rows) => {
      const x = normal<tf.Rank.R2>([rows, 8], 1, 0);
      const gradient = (x: tf.Tensor2D) =>
        tf.grad((input: tf.Tensor) =>
          chosen.reduce(
            (y, part, i) => parts[part](y, i),
            input as tf.Tensor2D,
          ).square().mean()
        )(x);
      const [whole, halved] = [
        runCompiled(gradient, x),
        withEnvironment(oneThreadEach, () => runCompiled(gradient, x)),
      ];
      const scale = whole.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
      whole.forEach((value, i) => assert(Math.abs(value - halved[i]) <= 1e-5 * scale + 1e-12));
      x.dispose();
    }),
    { numRuns: 40 },
  );
});

function runCompiled(
  f: (x: tf.Tensor2D) => tf.Tensor,
  x: tf.Tensor2D,
): Float32Array {
  const compiled = compile(f);
  const y = compiled(x);
  const values = y.dataSync<"float32">();
  y.dispose();
  compiled.dispose();
  return values;
}

function node(
  name: string,
  operation: string,
  inputs: readonly string[],
): GraphNode {
  return { name, operation, inputs, attributes: { T } };
}

function shapesOf(rows: number): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>([["w", [8, 8]]]);
  for (const name of ["x", "first", "active", "second", "y"]) {
    shapes.set(name, [rows, 8]);
  }
  return shapes.set("total", []);
}
