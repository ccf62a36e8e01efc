import { assertEquals, assertThrows } from "@std/assert";
import { startEngine } from "../../lib/engine/backend.ts";
import { nativeBackend } from "../../lib/native/native_backend.ts";
import {
  choleskyNatively,
  cubicKernelSumsNatively,
  eigenvaluesNatively,
  gramNatively,
  type Matrix,
} from "../../lib/engine/double.ts";
import { useNative } from "../support/engine.ts";

const symmetric = matrix(2, 2, [4, 1, 1, 3]);

Deno.test("native matrix products keep digits beyond float32", async () => {
  await useNative();
  assertEquals(
    gramNatively(matrix(2, 1, [1, 2 ** -26])).values,
    Float64Array.of(1 + 2 ** -52),
  );
});

Deno.test("a cubic kernel is summed over the rows of the second matrix", async () => {
  await useNative();
  const [x, y] = [matrix(2, 2, [1, 2, 3, 4]), matrix(3, 2, [1, 0, 0, 1, 1, 1])];
  const cubes = (...bases: number[]) => bases.reduce((sum, base) => sum + base ** 3, 0);
  assertEquals(
    cubicKernelSumsNatively(x, y, 0.5),
    Float64Array.of(cubes(1.5, 2, 2.5), cubes(2.5, 3, 4.5)),
  );
  assertThrows(() => cubicKernelSumsNatively(x, matrix(1, 3, [1, 2, 3]), 1));
});

Deno.test("a view is computed as the part of the array that it shows", async () => {
  await useNative();
  const values = Float64Array.of(9, 9, 1, 2, 9).subarray(2, 4);
  assertEquals(
    gramNatively({ values, rows: 1, columns: 2 }).values,
    Float64Array.of(1, 2, 2, 4),
  );
});

Deno.test("a matrix that is not positive definite has a Cholesky factor that is not finite", async () => {
  await useNative();
  const { values } = choleskyNatively(matrix(2, 2, [1, 2, 2, 1]));
  assertEquals(values.every(Number.isFinite), false);
  assertEquals(
    choleskyNatively(symmetric).values,
    Float64Array.of(2, 0, .5, Math.sqrt(2.75)),
  );
});

Deno.test("no native tensor is leaked, whether a calculation succeeds or fails", async () => {
  await useNative();
  const { binding } = nativeBackend();
  const before = binding.getNumOfTensors();
  gramNatively(symmetric);
  choleskyNatively(symmetric);
  eigenvaluesNatively(symmetric);
  assertThrows(() => cubicKernelSumsNatively(symmetric, matrix(1, 1, [1]), 1));
  assertThrows(() => eigenvaluesNatively(matrix(1, 2, [1, 1])), Error);
  assertEquals(binding.getNumOfTensors(), before);
});

Deno.test("double-precision products refuse every engine except native", async () => {
  await startEngine({ engine: "cpu" });
  try {
    assertThrows(() => gramNatively(symmetric), Error, "native engine");
  } finally {
    await useNative();
  }
});

function matrix(
  rows: number,
  columns: number,
  values: readonly number[],
): Matrix {
  return { values: Float64Array.from(values), rows, columns };
}
