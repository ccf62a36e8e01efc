import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  compareWithBase,
  deviationsWithout,
} from "../../../lib/experiments/report/compare_rows.ts";
import { dunnettCriticalValue } from "../../../lib/experiments/report/dunnett.ts";
import { rankCorrelation } from "../../../lib/experiments/report/rank_correlation.ts";

/**
 * Two-sided critical values at 95 % for groups of equal size. Each row lists the number of
 * comparisons, the degrees of freedom and the critical value. The last value was computed with
 * SciPy, by numerical integration of the multivariate t distribution. All other values are from C.
 * W. Dunnett, "New tables for multiple comparisons with a control", Biometrics 20 (1964), table II.
 */
const published = [
  [1, 20, 2.09],
  [3, 20, 2.54],
  [9, 20, 2.95],
  [9, 30, 2.86],
  [5, 60, 2.58],
  [15, 32, 3.006],
];

Deno.test("critical values equal the published ones within the simulation's error", () => {
  for (const [comparisons, freedom, wanted] of published) {
    const others = Array(comparisons).fill(3);
    const found = dunnettCriticalValue({ control: 3, others, freedom });
    assertAlmostEquals(found, wanted, 0.02, `${comparisons}, ${freedom}`);
  }
});

Deno.test("the critical value grows with the number of control values", () => {
  // Dunnett (1964), section 5: groups of equal size have the correlation 1/2, and a larger control
  // group gives a smaller correlation.
  const design = { others: [3, 3, 3, 3, 3], freedom: 30 };
  const equal = dunnettCriticalValue({ ...design, control: 3 });
  const larger = dunnettCriticalValue({ ...design, control: 300 });
  // For independent comparisons the limit is 2.73, from SciPy's studentized maximum modulus for 5
  // comparisons and 30 degrees of freedom.
  assertAlmostEquals(larger, 2.73, 0.02);
  assertEquals(larger > equal + 0.03, true);
});

Deno.test("a design without comparisons or degrees of freedom is refused", () => {
  for (
    const design of [
      { control: 3, others: [], freedom: 3 },
      { control: 1, others: [1], freedom: 0 },
    ]
  ) {
    assertThrows(
      () => dunnettCriticalValue(design),
      RangeError,
      "at least one",
    );
  }
});

Deno.test("differences are ratios of geometric means, and their intervals match the closed form", () => {
  const base = { name: "base", distances: [40, 44, 42] };
  const same = { name: "same", distances: [41, 43, 42] };
  const twice = { name: "twice", distances: [80, 88, 84] };
  const half = { name: "half", distances: [20, 22, 21] };
  const { differences, deviation, freedom, criticalValue } = compareWithBase(
    base,
    [same, twice, half],
  );
  assertEquals(freedom, 8);
  // numpy: sqrt(sum over rows of var(log x, ddof=1) * 2 / 8)
  assertAlmostEquals(deviation, 0.04295767024886745, 1e-12);
  assertEquals(differences.map(({ verdict }) => verdict), [
    "indistinguishable",
    "worse",
    "better",
  ]);
  const [, { ratio, from, to }] = differences;
  assertAlmostEquals(ratio, 2, 1e-12);
  const width = criticalValue * deviation * Math.sqrt(2 / 3);
  assertAlmostEquals(Math.log(to / ratio), width, 1e-12);
  assertAlmostEquals(Math.log(ratio / from), width, 1e-12);
});

Deno.test("the row that widens all intervals comes first when rows are left out", () => {
  const rows = [
    { name: "calm", distances: [50, 50 * Math.exp(0.1)] },
    { name: "wild", distances: [50, 150] },
    { name: "single", distances: [70] },
  ];
  const [first, second] = deviationsWithout(rows);
  assertEquals(first.name, "wild");
  assertAlmostEquals(first.deviation, 0.1 / Math.SQRT2, 1e-12);
  // Leaving out a row of one seed changes nothing.
  assertAlmostEquals(second.deviation, Math.sqrt((0.1 ** 2 + Math.log(3) ** 2) / 4), 1e-12);
  assertEquals(second.name, "single");
});

Deno.test("rank correlations equal SciPy's, ties included, and lie within their intervals", () => {
  // scipy.stats.spearmanr, SciPy 1.17.1
  const { correlation, from, to, rows } = rankCorrelation(
    [2, 2, 1, 4, 4, 4, 7],
    [3, 1, 2, 2, 5, 5, 1],
  );
  assertAlmostEquals(correlation, 0.028851489304230767, 1e-12);
  assertEquals(rows, 7);
  assertEquals(from < correlation && correlation < to, true);
  assertAlmostEquals(rankCorrelation([1, 2, 3, 4], [2, 4, 8, 16]).from, 1);
  assertAlmostEquals(rankCorrelation([1, 2, 3, 4], [9, 7, 5, 1]).to, -1);
});

Deno.test("rank correlations refuse columns that cannot be ranked", () => {
  assertThrows(() => rankCorrelation([1, 2], [1, 2]), RangeError, "same rows, at least three");
  assertThrows(() => rankCorrelation([1, 2, 3], [1, 2]), RangeError, "three");
  assertThrows(
    () => rankCorrelation([1, 1, 1], [1, 2, 3]),
    RangeError,
    "constant",
  );
});
