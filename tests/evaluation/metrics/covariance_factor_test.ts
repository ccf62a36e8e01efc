import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Matrix } from "../../../lib/engine/double.ts";
import { factorCovariance } from "../../../lib/evaluation/metrics/covariance_factor.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { computeMoments, type Moments } from "../../../lib/evaluation/metrics/moments.ts";
import { fromRows, gaussian, onBothEngines, tabulate, transform } from "../../support/features.ts";

Deno.test("a factor times its transpose is the covariance, with and without the samples", async () => {
  for (const [count, dimension] of [[30, 4], [5, 4], [4, 4], [3, 7], [2, 3]]) {
    const samples = transform(
      gaussian(count, dimension, 1),
      (x, _, j) => x + j,
    );
    const found = await onBothEngines(() => {
      const moments = computeMoments(samples);
      return {
        moments,
        factors: [
          factorCovariance(moments),
          factorCovariance(moments, samples),
        ],
      };
    });
    for (const { moments, factors } of Object.values(found)) {
      for (const factor of factors) {
        assertEquals(factor.rows, Math.min(count - 1, dimension));
        assertSquare(factor, moments);
      }
    }
  }
});

Deno.test("if there are no more samples than dimensions, the covariance is factored exactly", async () => {
  // The columns differ in size by 2^40, and the moments keep only the digits of the larger column.
  const rows = [[2 ** 40, 1], [2 ** 40 + 1, 3]];
  const found = await onBothEngines(() => {
    const samples = fromRows(rows);
    return factorCovariance(computeMoments(samples), samples);
  });
  for (const { values } of Object.values(found)) {
    // (second − first) √(1/2 / (2 − 1))
    assertAlmostEquals(values[0], Math.SQRT1_2, 1e-15);
    assertAlmostEquals(values[1], 2 * Math.SQRT1_2, 1e-15);
  }
  const three = fromRows([[0, 0, 0], [2, 0, 0], [1, 3, 0]]);
  const { values, rows: rank } = factorCovariance(computeMoments(three), three);
  assertEquals(rank, 2);
  // √(1/2 / 2) · (2, 0, 0) and √(2/3 / 2) · ((1, 3, 0) − (1, 0, 0))
  [1, 0, 0, 0, Math.sqrt(3), 0].forEach((value, i) => assertAlmostEquals(values[i], value, 1e-15));
});

Deno.test("a variance counts as zero if rounding of the largest one alone could have caused it", async () => {
  const epsilon = Number.EPSILON;
  const cases: [diagonal: number[], rank: number][] = [
    [[1, 1, 1], 3],
    [[1e-30, 1e-30, 1e-30], 3],
    [[1, 1, 4 * epsilon], 3],
    [[1, 1, 2 * epsilon], 2],
    [[2 * epsilon, 1, 1], 2],
    [[2 * epsilon, 2 * epsilon, 1], 1],
    [[1e6, 1e6 * 2 * epsilon, 1e6 * 2 * epsilon], 1],
    [[0, 0, 0], 0],
  ];
  for (const [diagonal, rank] of cases) {
    const found = await onBothEngines(() =>
      factorCovariance({
        mean: new Float64Array(3),
        covariance: tabulate(3, 3, (i, j) => i === j ? diagonal[i] : 0).values,
        ...{ count: 100, dimension: 3 },
      }).rows
    );
    assertEquals(found, { native: rank, typescript: rank }, `${diagonal}`);
  }
});

Deno.test("samples that do not belong to the moments are refused", () => {
  const moments = computeMoments(gaussian(5, 8, 1));
  const cases: [Features, string][] = [
    [gaussian(4, 8, 1), "wanted the 5 vectors of the moments; found 4"],
    [gaussian(6, 8, 1), "wanted the 5 vectors of the moments; found 6"],
    [
      gaussian(5, 7, 1),
      "from samples: wanted features of one extractor; found 7 dimensions against 8",
    ],
    [
      transform(gaussian(5, 8, 1), () => NaN),
      "from samples: wanted finite numbers",
    ],
  ];
  for (const [samples, message] of cases) {
    assertThrows(
      () => factorCovariance(moments, samples),
      EvaluationError,
      message,
    );
  }
});

/** Fails unless HᵀH is the covariance. */
function assertSquare(
  { values, rows, columns }: Matrix,
  { covariance, dimension }: Moments,
): void {
  assertEquals(columns, dimension);
  assert(values.length === rows * columns);
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < dimension; j++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) {
        sum += values[k * columns + i] * values[k * columns + j];
      }
      assertAlmostEquals(sum, covariance[i * dimension + j], 1e-13);
    }
  }
}
