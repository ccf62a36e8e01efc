import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Matrix } from "../../../lib/engine/double.ts";
import { openKernelSums } from "../../../lib/evaluation/metrics/kernel_sums.ts";
import { nativeBackend } from "../../../lib/native/native_backend.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative } from "../../support/engine.ts";

Deno.test("the kernel sums of a small case follow the definition", async () => {
  await useNative();
  // d = 1, so the kernel is (xy + 1)³.
  const [x, y] = [matrix(2, 1, [1, 2]), matrix(2, 1, [0, -1])];
  for (const sideBySide of [true, false]) {
    const kernel = openKernelSums(sideBySide);
    assertEquals(kernel.of(x, y), {
      within: 2 ** 3 + 2 * 3 ** 3 + 5 ** 3,
      between: 1 + 0 + 1 + (-1) ** 3,
    });
    kernel.close();
  }
});

Deno.test("parallel and sequential kernel sums are equal and leak no tensor", async () => {
  await useNative();
  const [graph, single] = [openKernelSums(true), openKernelSums(false)];
  const before = nativeBackend().binding.getNumOfTensors();
  for (const [rows, columns] of [[3, 2], [40, 7], [5, 1], [40, 7]]) {
    const [x, y] = ["x", "y"].map((name) => {
      const stream = randomStream(rows, name);
      return matrix(rows, columns, Array.from({ length: rows * columns }, () => stream.uniform()));
    });
    const [one, other] = [graph.of(x, y), single.of(x, y)];
    assertAlmostEquals(one.within / other.within, 1, 1e-13);
    assertAlmostEquals(one.between / other.between, 1, 1e-13);
  }
  assertEquals(nativeBackend().binding.getNumOfTensors(), before);
  graph.close();
});

Deno.test("the sum within a set is the same if it is computed alone, for any number of rows", async () => {
  await useNative();
  for (const sideBySide of [true, false]) {
    const kernel = openKernelSums(sideBySide);
    for (const rows of [1, 2, 8, 17, 100]) {
      const stream = randomStream(rows, "within");
      const x = matrix(rows, 3, Array.from({ length: 3 * rows }, () => stream.uniform() - .3));
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < rows; j++) {
          const [a, b] = [i, j].map((row) => x.values.subarray(3 * row, 3 * row + 3));
          sum += ((a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / 3 + 1) ** 3;
        }
      }
      assertAlmostEquals(kernel.within(x) / sum, 1, 1e-13);
      const { within, between } = kernel.of(x, x);
      assertAlmostEquals(within / sum, 1, 1e-13);
      assertAlmostEquals(between / sum, 1, 1e-13);
    }
    kernel.close();
  }
});

function matrix(rows: number, columns: number, values: readonly number[]): Matrix {
  return { values: Float64Array.from(values), rows, columns };
}
