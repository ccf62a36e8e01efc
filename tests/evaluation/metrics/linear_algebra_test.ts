import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Matrix } from "../../../lib/engine/double.ts";
import { eigenvalues } from "../../../lib/evaluation/metrics/eigenvalues.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import {
  choleskyFactor,
  congruence,
  cubicKernelSums,
  gram,
  pivotedCholesky,
  symmetricEigenvalues,
  transpose,
} from "../../../lib/evaluation/metrics/linear_algebra.ts";
import { type DoubleFeatures, gaussian, onBothEngines, tabulate } from "../../support/features.ts";

for (const size of [1, 2, 3, 17, 64, 101]) {
  Deno.test(`eigenvalues of a second difference of size ${size} are 2 − 2 cos(kπ / (n + 1))`, async () => {
    const matrix = asMatrix(
      tabulate(
        size,
        size,
        (i, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0,
      ),
    );
    const found = await onBothEngines(() => symmetricEigenvalues(matrix));
    for (let k = 0; k < size; k++) {
      const expected = 2 - 2 * Math.cos((k + 1) * Math.PI / (size + 1));
      assertAlmostEquals(found.native[k], expected, 1e-14 * size);
      assertAlmostEquals(found.typescript[k], expected, 1e-14 * size);
    }
  });
}

Deno.test("native and TypeScript eigenvalues of dense matrices agree, and preserve trace and norm", async () => {
  for (const [rows, size] of [[200, 90], [30, 90], [1, 5]]) {
    const matrix = gram(asMatrix(gaussian(rows, size, rows)));
    const found = await onBothEngines(() => symmetricEigenvalues(matrix));
    const largest = found.native[size - 1];
    found.typescript.forEach((value, k) =>
      assertAlmostEquals(value, found.native[k], 1e-13 * largest)
    );
    let [trace, norm] = [0, 0];
    for (let i = 0; i < size; i++) trace += matrix.values[i * (size + 1)];
    matrix.values.forEach((value) => norm += value * value);
    const sum = found.typescript.reduce((sum, x) => sum + x, 0);
    const squares = found.typescript.reduce((sum, x) => sum + x * x, 0);
    assertAlmostEquals(sum, trace, 1e-13 * trace);
    assertAlmostEquals(squares, norm, 1e-12 * norm);
  }
});

Deno.test("eigenvalues scale with the matrix, however large or small its numbers are", () => {
  const matrix = gram(asMatrix(gaussian(30, 12, 3)));
  const plain = eigenvalues(matrix);
  // Multiplying by powers of two changes no digits.
  for (const exponent of [-200, -40, 40, 200]) {
    const scaled = eigenvalues({ ...matrix, values: matrix.values.map((x) => x * 2 ** exponent) });
    assertEquals(scaled, plain.map((x) => x * 2 ** exponent));
  }
});

Deno.test("multiple and zero eigenvalues are found as such", () => {
  const size = 40;
  const ones = asMatrix(tabulate(size, size, () => 1));
  const found = eigenvalues(ones);
  assertAlmostEquals(found[size - 1], size, 1e-13);
  for (let k = 0; k < size - 1; k++) assertAlmostEquals(found[k], 0, 1e-13);
  const zero = asMatrix(tabulate(5, 5, () => 0));
  assertEquals([...eigenvalues(zero)].map(Math.abs), [0, 0, 0, 0, 0]);
  const diagonal = asMatrix(tabulate(4, 4, (i, j) => i === j ? -i : 0));
  assertEquals([...eigenvalues(diagonal)].map((x) => x + 0), [-3, -2, -1, 0]);
});

Deno.test("a matrix of numbers so small that they underflow keeps its eigenvalues", () => {
  // The unit times `tiny` is the smallest number above 0. The last two rows have the eigenvalues 0
  // and 169, because 60² = 25 · 144. The first two rows have 0 and 16, to within `tiny`.
  const [unit, tiny] = [2 ** -1030, 2 ** -44];
  const [diagonal, below] = [[0, 16, 25, 144], [tiny, tiny, 60]];
  const matrix = tabulate(
    4,
    4,
    (i, j) => unit * (i === j ? diagonal[i] : Math.abs(i - j) === 1 ? below[Math.min(i, j)] : 0),
  );
  const found = eigenvalues(asMatrix(matrix));
  [0, 0, 16, 169].forEach((value, k) => assertAlmostEquals(found[k] / unit, value, 1e-10));
});

Deno.test("a matrix that is not square or not finite has no eigenvalues", () => {
  assertThrows(
    () => eigenvalues(asMatrix(tabulate(2, 3, () => 1))),
    EvaluationError,
    "2 x 3",
  );
  assertThrows(
    () => eigenvalues(asMatrix(tabulate(3, 3, () => NaN))),
    EvaluationError,
    "finite",
  );
});

Deno.test("matrix products of all shapes follow the definition", async () => {
  for (const [m, n, k] of [[1, 1, 1], [3, 5, 2], [7, 70, 33], [34, 37, 5]]) {
    const [a, b] = [gaussian(m, k, 1), gaussian(n, k, 2)];
    const expected = multiplyPlainly(asMatrix(a), transpose(asMatrix(b)));
    const cubes = expected.values.map((product) => (product / k + 1) ** 3);
    const sums = await onBothEngines(() => cubicKernelSums(asMatrix(a), asMatrix(b), 1 / k));
    for (const found of [sums.native, sums.typescript]) {
      found.forEach((sum, i) => {
        const row = cubes.subarray(i * n, (i + 1) * n);
        const size = row.reduce((total, cube) => total + Math.abs(cube), 0);
        assertAlmostEquals(
          sum,
          row.reduce((total, cube) => total + cube, 0),
          1e-13 * size,
        );
      });
    }
    const square = multiplyPlainly(transpose(asMatrix(a)), asMatrix(a));
    const grams = await onBothEngines(() => gram(asMatrix(a)));
    assertMatrix(grams.native, square);
    assertMatrix(grams.typescript, square);
    const around = multiplyPlainly(
      multiplyPlainly(asMatrix(b), square),
      transpose(asMatrix(b)),
    );
    const congruences = await onBothEngines(() => congruence(asMatrix(b), square));
    assertMatrix(congruences.native, around);
    assertMatrix(congruences.typescript, around);
  }
});

Deno.test("a factor's transpose times the factor is the covariance, and the number of its rows is the rank", async () => {
  for (const [rows, size, rank] of [[50, 20, 20], [6, 20, 6], [1, 3, 1]]) {
    const square = gram(asMatrix(gaussian(rows, size, 8)));
    const pivoted = pivotedCholesky(square, 1e-12);
    assertEquals(pivoted.rows, rank);
    assertMatrix(multiplyPlainly(transpose(pivoted), pivoted), square);
    const found = await onBothEngines(() => choleskyFactor(square, 1e-12));
    for (const factor of Object.values(found)) {
      assertEquals(factor === undefined, rank < size);
      if (!factor) continue;
      assertMatrix(multiplyPlainly(transpose(factor), factor), square);
    }
  }
  const nothing = asMatrix(tabulate(4, 4, () => 0));
  assertEquals(pivotedCholesky(nothing, 0).rows, 0);
});

function asMatrix({ values, count, dimension }: DoubleFeatures): Matrix {
  return { values, rows: count, columns: dimension };
}

function multiplyPlainly(a: Matrix, b: Matrix): Matrix {
  const values = tabulate(a.rows, b.columns, (i, j) => {
    let sum = 0;
    for (let k = 0; k < a.columns; k++) {
      sum += a.values[i * a.columns + k] * b.values[k * b.columns + j];
    }
    return sum;
  }).values;
  return { values, rows: a.rows, columns: b.columns };
}

function assertMatrix(actual: Matrix, expected: Matrix): void {
  assertEquals([actual.rows, actual.columns], [
    expected.rows,
    expected.columns,
  ]);
  const largest = expected.values.reduce(
    (max, x) => Math.max(max, Math.abs(x)),
    0,
  );
  expected.values.forEach((value, at) =>
    assertAlmostEquals(actual.values[at], value, 1e-13 * largest)
  );
}
