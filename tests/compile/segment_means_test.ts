/** Tests that means of embedded words are computed without copying the words' vectors. */
import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../lib/compile/mod.ts";
import { programNodes } from "../../lib/compile/nodes.ts";
import { programOf } from "../../lib/compile/owned_programs.ts";
import { variablesOf } from "../../lib/compile/part.ts";
import { normal } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";
import { assertClose, numbersOf } from "./accelerate/compare_models.ts";

const [WORDS, DEPTH] = [7, 4];

/** Functions that take a table and word ids, each with the fused operations that it should use. */
const functions: readonly {
  readonly name: string;
  readonly f: (table: tf.Tensor2D, ids: tf.Tensor2D) => tf.Tensor;
  readonly fused: readonly ["mean" | "", "gradient" | ""];
}[] = [
  {
    name: "the mean",
    f: (table, ids) => tf.gather(table, ids).mean(1),
    fused: ["mean", "gradient"],
  },
  {
    name: "the mean of two tables' words",
    f: (table, ids) => tf.gather(table.add(1), ids).mean(1).add(tf.gather(table, ids).mean(1)),
    fused: ["mean", "gradient"],
  },
  {
    name: "the mean, and another use of the vectors",
    f: (table, ids) => {
      const words = tf.gather(table, ids);
      return words.mean(1).add(words.max(1));
    },
    fused: ["", ""],
  },
  {
    name: "the mean over the sentences",
    f: (table, ids) => tf.gather(table, ids).mean(0),
    fused: ["", ""],
  },
  {
    name: "the mean over the depth",
    f: (table, ids) => tf.gather(table, ids).mean(2),
    fused: ["", ""],
  },
  { name: "the sum", f: (table, ids) => tf.gather(table, ids).sum(1), fused: ["", ""] },
  { name: "the mean of all", f: (table, ids) => tf.gather(table, ids).mean(), fused: ["", ""] },
  {
    name: "a weighted mean",
    f: (table, ids) => tf.gather(table, ids).mul(ids.expandDims(2)).mean(1),
    fused: ["", ""],
  },
  {
    name: "the mean of gathered columns",
    f: (table, ids) => tf.gather(table, ids.slice([0, 0], [2, 2]).toInt(), 1).mean(1),
    fused: ["", ""],
  },
];

for (const { name, f, fused } of functions) {
  Deno.test(`gathered vectors and their gradient give the same as in eager mode: ${name}`, async () => {
    await useNative();
    const table = normal<tf.Rank.R2>([WORDS, DEPTH], 1, 0);
    // Some words occur twice in a sentence, and one never.
    const ids = tf.tensor2d(
      [[0, 3, 3], [1, 0, 2], [3, 3, 3], [2, 1, 0], [0, 3, 1]],
      [5, 3],
      "int32",
    );
    const weights = normal(f(table, ids).shape, 2, 0);
    const step = (table: tf.Tensor2D, ids: tf.Tensor2D) => [
      f(table, ids),
      tf.grad((t: tf.Tensor) => f(t as tf.Tensor2D, ids).mul(weights).sum())(table),
    ];
    const compiled = compile(step);
    const [actual, expected] = [compiled(table, ids), step(table, ids)];
    expected.forEach((tensor, i) =>
      assertClose(numbersOf(actual[i]), numbersOf(tensor), 1e-5, `result ${i}`)
    );
    const operations = operationsOf(compiled);
    const found = (operation: string) => operations.includes(operation);
    assertEquals([
      found("SparseSegmentMean") ? "mean" : "",
      found("SparseSegmentMeanGrad") ? "gradient" : "",
    ], [...fused]);
    compiled.dispose();
  });
}

function operationsOf(compiled: { dispose(): void }): string[] {
  const { parts } = programOf(compiled)!;
  return programNodes(parts, variablesOf(parts)).map(({ operation }) => operation);
}
