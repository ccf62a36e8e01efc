import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { compareWithBase, settledVerdict } from "../../../lib/experiments/report/compare_rows.ts";
import { dunnettCriticalValue } from "../../../lib/experiments/report/dunnett.ts";
import {
  conclude,
  describeScatter,
  explainScatter,
} from "../../../lib/experiments/report/verdicts.ts";
import { chanceOfShare, findWildRows } from "../../../lib/experiments/report/wild_rows.ts";
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

/**
 * The row `base`, and the rows that are compared with it. The runs of `wild` scatter far more than
 * the others.
 */
const base = { name: "base", distances: [40, 44, 42] };
const others = [
  { name: "near", distances: [47, 50, 45] },
  { name: "twice", distances: [80, 88, 84] },
  { name: "wild", distances: [30, 60, 140] },
  { name: "calm", distances: [41, 43.5, 42] },
  { name: "five", distances: [200, 220, 210] },
];

/**
 * Ends of the simultaneous confidence intervals that scipy.stats.dunnett (SciPy 1.17.1) computes
 * from the logarithms, with the variance pooled over all rows. Its critical value is a quasi-random
 * integral with an error of about .002.
 */
const pooled: Readonly<Record<string, readonly [from: number, to: number]>> = {
  near: [0.5307, 2.3924],
  twice: [0.942, 4.2465],
  wild: [0.7088, 3.1955],
  calm: [0.4731, 2.1326],
  five: [2.3549, 10.616],
};

/**
 * The same with the wild row apart: pooled deviation of the other rows, Welch's degrees of freedom
 * for the wild row (2), and critical values of the multivariate t distribution by Gauss-Hermite
 * integration (2.9903 and 6.8523); all by SciPy.
 */
const apart: Readonly<Record<string, readonly [from: number, to: number]>> = {
  near: [1.0075, 1.2602],
  wild: [0.0707, 32.02],
  calm: [0.8981, 1.1234],
  five: [4.4706, 5.592],
};

Deno.test("intervals equal SciPy's, with all rows pooled and with the wild row apart", () => {
  const comparison = compareWithBase(base, others);
  for (
    const [analysis, wanted] of [[comparison, pooled], [comparison.apart!, apart]] as const
  ) {
    for (const [name, ends] of Object.entries(wanted)) {
      const { from, to } = analysis.differences.find((each) => each.name === name)!;
      // The simulated critical value has an error of 0.01, or of 0.1 at 2 degrees of freedom.
      const tolerance = analysis !== comparison && name === "wild" ? 0.05 : 0.006;
      [from, to].forEach((end, i) =>
        assertAlmostEquals(Math.log(end), Math.log(ends[i]), tolerance, `${name} ${i}`)
      );
    }
  }
  assertAlmostEquals(comparison.deviation, 0.31773325829571786, 1e-12);
  assertAlmostEquals(comparison.apart!.deviation, 0.045833627053392945, 1e-12);
  assertEquals([comparison.freedom, comparison.apart!.freedom], [12, 10]);
});

Deno.test("a row differs only if both analyses say so, and the words name what depends on the wild row", () => {
  const comparison = compareWithBase(base, others);
  assertEquals(others.map(({ name }) => settledVerdict(comparison, name)), [
    "depends",
    "depends",
    "indistinguishable",
    "indistinguishable",
    "worse",
  ]);
  assertEquals(settledVerdict(comparison, "absent"), undefined);
  const rows = [base, ...others].map(({ name }) => ({ experiment: name, label: `row ${name}` }));
  const scatter = describeScatter(rows, comparison);
  for (
    const words of [
      "the runs of row wild ended at a digit-FID of 30.0, 60.0 and 140.0",
      "account for 98 % of the sum of squared deviations",
      "None of 100,000 simulated tables",
      "This row alone raised the pooled deviation from 0.046 to 0.318, so with it the intervals",
      "about 6.9 times as wide",
      "The two analyses disagree about row near; row twice.",
    ]
  ) assertStringIncludes(scatter, words);
  const [worse, depends, same] = conclude(rows, comparison);
  assert(worse.startsWith("Worse than the base in digit-FID: row five (×5.00, 2.3"), worse);
  assertStringIncludes(
    depends,
    "row near (×1.13; pooled indistinguishable, 0.53 to 2.",
  );
  assertStringIncludes(same, "row wild");
});

Deno.test("without a wild row there is one analysis", () => {
  const comparison = compareWithBase(base, others.filter(({ name }) => name !== "wild"));
  assertEquals([comparison.wild, comparison.apart], [[], undefined]);
  assertEquals(settledVerdict(comparison, "five"), "worse");
  assertStringIncludes(describeScatter([], comparison), "finds no row");
});

Deno.test("the base may be the wild row, and then widens every interval of the second analysis", () => {
  const wildBase = { name: "base", distances: [30, 60, 140] };
  const comparison = compareWithBase(wildBase, others.filter(({ name }) => name !== "wild"));
  const { wild, apart } = comparison;
  assertEquals(wild.map(({ name }) => name), ["base"]);
  for (const { name, from, to } of apart!.differences) {
    // Welch's 2 degrees of freedom: the base's own deviation decides.
    assert(to / from > 300, name);
    const own = comparison.differences.find((other) => other.name === name)!;
    assert(own.to / own.from < to / from, "the pooled deviation makes the interval too narrow");
  }
  const scatter = explainScatter([{ experiment: "base", label: "the base" }], comparison);
  assertStringIncludes(
    scatter,
    "the runs of the base ended at a digit-FID of 30.0, 60.0 and 140.0",
  );
  assertStringIncludes(
    scatter,
    "to 0.347. It is the base, and every row is compared with it,",
  );
  assertStringIncludes(scatter, "narrower than its seeds suggest. That is why there is a second");
  assert(!/as wide as/.test(scatter), scatter);
});

Deno.test("several wild rows are described one after the other, the base among them or not", () => {
  const rows = Array.from({ length: 5 }, (_, i) => {
    const factor = 1 + 0.01 * (i + 1);
    return { name: `calm ${i}`, distances: [50, 50 * factor, 50 / factor] };
  });
  const wild = { name: "wild", distances: [50, 90, 40] };
  const wilder = { name: "wilder", distances: [50, 800, 60] };
  const calmBase = explainScatter([], compareWithBase(rows[0], [...rows.slice(1), wild, wilder]));
  assertStringIncludes(calmBase, "One row is wild: the runs of wilder ended");
  assertStringIncludes(calmBase, "Another row is wild: the runs of wild ended");
  assertStringIncludes(calmBase, "so with them the intervals of all other rows are about");
  const wildBase = explainScatter([], compareWithBase(wild, [...rows, wilder]));
  assertStringIncludes(
    wildBase,
    "One of them is the base, and every row is compared with it,",
  );
  assert(!/as wide as|narrower/.test(wildBase), wildBase);
});

/**
 * Critical values of Cochran's test: [rows, values per row, level, share]. They are from W. G.
 * Cochran's table as printed in ISO 5725-2 (1994), table 4.
 */
const cochran = [
  [5, 3, 0.05, 0.684],
  [5, 3, 0.01, 0.788],
  [10, 3, 0.05, 0.445],
  [10, 3, 0.01, 0.536],
  [20, 3, 0.01, 0.330],
  [20, 2, 0.05, 0.389],
  [20, 2, 0.01, 0.480],
];

Deno.test("the chance of a large share equals Cochran's published levels", () => {
  for (const [rows, values, level, share] of cochran) {
    const found = chanceOfShare(share, Array(rows).fill(values - 1));
    // The published shares have three digits.
    assertAlmostEquals(found, level, 0.1 * level, `${rows} rows of ${values}`);
  }
});

Deno.test("wild rows are found one after the other, and single seeds are skipped", () => {
  const calm = (name: string, factor: number) => ({
    name,
    distances: [50, 50 * factor, 50 / factor],
  });
  const rows = [
    ...Array.from({ length: 12 }, (_, i) => calm(`calm ${i}`, 1 + 0.01 * (i + 1))),
    { name: "single", distances: [9999] },
    { name: "wild", distances: [50, 90, 40] },
    { name: "wilder", distances: [50, 800, 60] },
  ];
  assertEquals(findWildRows(rows).map(({ name }) => name), ["wilder", "wild"]);
  assertEquals(findWildRows(rows.slice(0, 13)), []);
  const [, { deviation, distances }] = findWildRows(rows);
  assertEquals(distances, [50, 90, 40]);
  // numpy: log([50, 90, 40]).std(ddof=1)
  assertAlmostEquals(deviation, 0.4189, 1e-4);
  const same = [1, 2, 3].map((i) => ({ name: `${i}`, distances: [i, i] }));
  assertEquals(findWildRows(same), []);
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

Deno.test("the interval of a rank correlation is that of all possible resamples", () => {
  const [x, y] = [[3, 1, 4, 1.5, 9], [2, 3, 5, 1, 8]];
  // The bootstrap's distribution is known exactly: each of the 5^5 lists of rows is equally likely.
  const lists = Array.from(
    { length: 5 ** 5 },
    (_, i) => x.map((_, digit) => Math.floor(i / 5 ** digit) % 5),
  );
  const all = lists.map((rows) => spearman(rows.map((row) => x[row]), rows.map((row) => y[row])))
    .filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number) => all[Math.round(share * (all.length - 1))];
  const { correlation, from, to } = rankCorrelation(x, y);
  assertAlmostEquals(correlation, spearman(x, y), 1e-12);
  // With 2,000 resamples, the share below an end scatters by .0035.
  const rounding = 1e-9;
  assert(at(0.012) <= from + rounding && from - rounding <= at(0.038), `${from}`);
  assert(at(0.962) <= to + rounding && to - rounding <= at(0.988), `${to}`);
  assert(at(0.038) < at(0.5) && at(0.5) < at(0.962));
});

/** Pearson's correlation of the ranks, in which equal values share the mean of their ranks. */
function spearman(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [x, y].map((values) => {
    const ranks = values.map((value) =>
      values.filter((other) => other < value).length +
      (values.filter((other) => other === value).length - 1) / 2
    );
    const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
    return ranks.map((rank) => rank - mean);
  });
  const dot = (u: readonly number[], v: readonly number[]) =>
    u.reduce((sum, value, i) => sum + value * v[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
