import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { precisionRecall } from "../../../lib/evaluation/metrics/precision_recall.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import {
  fromRows,
  gaussian,
  onBothEngines,
  otherWaves,
  reflect,
  shuffle,
  tabulate,
  transform,
  waves,
} from "../../support/features.ts";
import { assertRelative } from "../../support/relative.ts";

Deno.test("precision, recall, density and coverage have their known values", async () => {
  const cases = [[3, .9, .12, 1.6466666666666667, 1], [5, .94, 1, 1.156, 1]];
  for (const [neighbours, ...expected] of cases) {
    const found = await onBothEngines(() => precisionRecall(waves(), otherWaves(), { neighbours }));
    for (const result of Object.values(found)) {
      assertRelative(result.precision, expected[0], 1e-12, "precision");
      assertRelative(result.recall, expected[1], 1e-12, "recall");
      assertRelative(result.density, expected[2], 1e-12, "density");
      assertRelative(result.coverage, expected[3], 1e-12, "coverage");
      assertEquals([result.real, result.generated], [50, 50]);
      assert(Object.isFrozen(result));
    }
  }
});

Deno.test("precision and recall use five neighbours by default", async () => {
  await useNative();
  assertEquals(
    precisionRecall(waves(), otherWaves()),
    precisionRecall(waves(), otherWaves(), { neighbours: 5 }),
  );
});

Deno.test("all four scores follow the definition for grid points with many ties", async () => {
  await useNative();
  const points = fc.array(
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 2, maxLength: 2 }),
    { minLength: 4, maxLength: 25 },
  ).map(fromRows);
  // Float32 cannot represent thirds, and far from the origin |x|² + |y|² − 2xy loses digits.
  const moved = fc.tuple(points, points, fc.constantFrom(0, 1 / 3, 1e4 / 3));
  // Blocks of one row, of a few rows, and of all rows.
  const blockSizes = fc.constantFrom(1, 9, 60, 1000);
  fc.assert(
    fc.property(
      moved,
      fc.integer({ min: 1, max: 3 }),
      blockSizes,
      ([a, b, shift], k, blockSize) => {
        const real = transform(a, (x) => x / 3 + shift);
        const generated = transform(b, (x) => x / 3 + shift);
        const { precision, recall, density, coverage } = precisionRecall(
          real,
          generated,
          { neighbours: k, blockSize },
        );
        assertEquals(
          { precision, recall, density, coverage },
          byDefinition(real, generated, k),
        );
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("known radii of the real vectors are used as they are, and those of the generated ones are computed", async () => {
  await useNative();
  const [real, generated] = [fromRows([[0], [1], [2]]), fromRows([[5], [6], [9]])];
  // Balls with radii 3, 0 and 5.5 around 0, 1 and 2. The points 5 and 6 lie in the last ball.
  const realRadii = Float64Array.of(9, 0, 5.5 ** 2);
  const found = precisionRecall(real, generated, { neighbours: 1, realRadii });
  assertEquals(
    [found.precision, found.recall, found.density, found.coverage],
    [2 / 3, 0, 2 / 3, 1 / 3],
  );
});

Deno.test("copies of the real vectors have precision, recall and coverage 1", async () => {
  await useNative();
  const real = gaussian(100, 8, 1);
  const found = precisionRecall(real, shuffle(real, 2));
  assertEquals([found.precision, found.recall, found.coverage], [1, 1, 1]);
});

Deno.test("swapping the sets swaps precision and recall", async () => {
  await useNative();
  const [a, b] = [gaussian(80, 5, 1), gaussian(70, 5, 2)];
  const moved = transform(b, (x) => x + .4);
  const [there, back] = [precisionRecall(a, moved), precisionRecall(moved, a)];
  assertEquals([there.precision, there.recall], [back.recall, back.precision]);
});

Deno.test("neither order nor rotation changes precision or recall", async () => {
  await useNative();
  fc.assert(
    fc.property(fc.nat({ max: 999 }), (seed) => {
      const real = gaussian(60, 6, seed);
      const generated = transform(gaussian(50, 6, seed + 1), (x) => x + .5);
      const found = precisionRecall(real, generated);
      assertEquals(
        precisionRecall(shuffle(real, 1), shuffle(generated, 2)),
        found,
      );
      assertEquals(
        precisionRecall(reflect(real, 3), reflect(generated, 3)),
        found,
      );
    }),
    { numRuns: 20 },
  );
});

Deno.test("density and coverage fall as noise grows", async () => {
  await useNative();
  const [real, noise] = [gaussian(300, 6, 1), gaussian(300, 6, 7).values];
  const found = [0, 1, 2, 4].map((amount) =>
    precisionRecall(
      real,
      transform(
        gaussian(300, 6, 2),
        (x, i, j) => x + amount * noise[i * 6 + j],
      ),
    )
  );
  for (let i = 1; i < found.length; i++) {
    assertLess(found[i].density, found[i - 1].density);
    assertLess(found[i].coverage, found[i - 1].coverage);
    assertLess(found[i].precision, found[i - 1].precision);
  }
});

Deno.test("distant vectors cover nothing, and a single mode has precision without coverage", async () => {
  await useNative();
  const real = gaussian(100, 4, 1);
  const far = precisionRecall(
    real,
    transform(gaussian(90, 4, 2), (x) => x + 99),
  );
  assertEquals(
    [far.precision, far.recall, far.density, far.coverage],
    [0, 0, 0, 0],
  );
  const mode = transform(gaussian(90, 4, 3), (x) => x / 1000);
  const narrow = precisionRecall(real, mode);
  assertEquals([narrow.precision, narrow.recall], [1, 0]);
  assert(narrow.coverage < .5);
});

Deno.test("constant features have neighbourhoods of radius 0", async () => {
  await useNative();
  // Distances between vectors of ones have no rounding error, so they equal the radii. Tenths are
  // rounded.
  for (const value of [1, .1]) {
    const constant = tabulate(10, 3, () => value);
    const { precision, recall, density, coverage } = precisionRecall(constant, constant);
    assertEquals([precision, recall, density, coverage], [0, 0, 0, 0], `${value}`);
  }
});

Deno.test(
  "precision and recall leak no tensors",
  withoutLeaks(async () => {
    await useNative();
    precisionRecall(gaussian(30, 3, 1), gaussian(40, 3, 2));
  }),
);

Deno.test("precision and recall refuse features that cannot be compared", async () => {
  await useNative();
  const good = gaussian(20, 3, 1);
  const cases: [string, () => unknown][] = [
    [
      "Precision and recall: wanted features of one extractor; found 3 dimensions against 4",
      () => precisionRecall(good, gaussian(9, 4, 1)),
    ],
    [
      "more than k = 5 vectors in each set; found 5",
      () => precisionRecall(good, gaussian(5, 3, 1)),
    ],
    ["more than k = 20", () => precisionRecall(good, good, { neighbours: 20 })],
    [
      "positive integer; found 0",
      () => precisionRecall(good, good, { neighbours: 0 }),
    ],
    ["in each set; found 1", () => precisionRecall(good, gaussian(1, 3, 1))],
    ["found NaN", () => precisionRecall(good, transform(good, () => NaN))],
    [
      "20 x 4 = 80 numbers; found 60",
      () => precisionRecall({ ...good, dimension: 4 }, { ...good, dimension: 4 }),
    ],
  ];
  for (const [message, attempt] of cases) {
    assertThrows(attempt, EvaluationError, message);
  }
});

Deno.test("all four scores follow the definition for sets with few and with many vectors in balls", async () => {
  // With few pairs of vectors in each other's balls, the native engine lists the pairs. With many
  // pairs, the distances are read as a whole.
  const cases: [spread: number, shift: number][] = [[1, 0], [1, 3], [.05, 0], [20, 0]];
  for (const [spread, shift] of cases) {
    const real = gaussian(210, 3, 1);
    const generated = transform(gaussian(190, 3, 2), (x) => spread * x + shift);
    const wanted = byDefinition(real, generated, 2);
    for (const blockSize of [1000, 1_000_000]) {
      const found = await onBothEngines(() =>
        precisionRecall(real, generated, { neighbours: 2, blockSize })
      );
      for (const { precision, recall, density, coverage } of Object.values(found)) {
        assertEquals({ precision, recall, density, coverage }, wanted, `, `);
      }
    }
  }
});

function byDefinition(real: Features, generated: Features, k: number) {
  const ballsOf = (set: Features) =>
    Array.from(
      { length: set.count },
      (_, i) =>
        Array.from({ length: set.count }, (_, j) => j)
          .filter((j) => j !== i)
          .map((j) => square(set, i, set, j))
          .sort((a, b) => a - b)[k - 1],
    );
  const [realBalls, generatedBalls] = [ballsOf(real), ballsOf(generated)];
  const squares = Array.from(
    { length: real.count },
    (_, i) =>
      Array.from(
        { length: generated.count },
        (_, j) => square(real, i, generated, j),
      ),
  );
  const generatedRows = squares[0].map((_, j) => j);
  const inside = generatedRows.map((j) => squares.filter((row, i) => row[j] < realBalls[i]).length);
  const share = (found: boolean[]) => found.filter(Boolean).length / found.length;
  return {
    precision: share(inside.map((n) => n > 0)),
    recall: share(
      squares.map((row) => row.some((d, j) => d < generatedBalls[j])),
    ),
    density: inside.reduce((sum, n) => sum + n, 0) / (k * generated.count),
    coverage: share(
      squares.map((row, i) => Math.min(...row) < realBalls[i]),
    ),
  };
}

function square(a: Features, i: number, b: Features, j: number): number {
  let sum = 0;
  for (let at = 0; at < a.dimension; at++) {
    sum += (a.values[i * a.dimension + at] - b.values[j * b.dimension + at]) **
      2;
  }
  return sum;
}
