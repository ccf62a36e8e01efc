import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Matrix } from "../../../lib/engine/double.ts";
import { openKernelSums } from "../../../lib/evaluation/metrics/kernel_sums.ts";
import { nativeBackend } from "../../../lib/native/native_backend.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative } from "../../support/engine.ts";

Deno.test("the sums of a small case are those of the definition", async () => {
  await useNative();
  // d = 1, so that the kernel is (xy + 1)³.
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

Deno.test("side by side and one after the other give the same sums, call after call, and leave no tensor", async () => {
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

function matrix(rows: number, columns: number, values: readonly number[]): Matrix {
  return { values: Float64Array.from(values), rows, columns };
}
