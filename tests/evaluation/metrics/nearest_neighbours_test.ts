import { assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import {
  nearestNeighbours,
  squaredRadii,
} from "../../../lib/evaluation/metrics/nearest_neighbours.ts";
import { useNative } from "../../support/engine.ts";
import {
  type DoubleFeatures,
  fromRows,
  gaussian,
  onBothEngines,
  shuffle,
  transform,
} from "../../support/features.ts";
import { assertRelative } from "../../support/relative.ts";

/** Block sizes that divide the distances into blocks of one row, of a few rows, or of all rows. */
const blockSizes = fc.constantFrom(1, 50, 1000);

Deno.test("the nearest neighbour equals that of a full search, and ties go to the first", async () => {
  await useNative();
  const points = fc.array(
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
    { minLength: 1, maxLength: 30 },
  ).map(fromRows);
  fc.assert(
    fc.property(points, points, blockSizes, (queries, references, blockSize) => {
      const { indices, distances } = nearestNeighbours(queries, references, { blockSize });
      for (let i = 0; i < queries.count; i++) {
        const all = distancesFrom(queries, i, references);
        const nearest = Math.min(...all);
        assertEquals(distances[i], nearest);
        assertEquals(indices[i], all.indexOf(nearest));
      }
    }),
    { numRuns: 100 },
  );
});

Deno.test("bytes are accepted as features, and a copy is found at distance 0", async () => {
  const references = {
    values: Uint8Array.from({ length: 784 * 40 }, (_, i) => (i * 7919) % 256),
    count: 40,
    dimension: 784,
  };
  const queries = {
    values: references.values.slice(784 * 11, 784 * 13),
    count: 2,
    dimension: 784,
  };
  const found = await onBothEngines(() => nearestNeighbours(queries, references));
  for (const { indices, distances } of Object.values(found)) {
    assertEquals([...distances], [0, 0]);
    assertEquals(
      [...indices].every((j, i) => sameRow(references, j, 11 + i)),
      true,
    );
  }
});

Deno.test("the k-th neighbour is counted without the vector itself, but with copies of it", async () => {
  await useNative();
  const line = fromRows([[0], [1], [3], [3], [7]]);
  assertEquals([...squaredRadii(line, 1)], [1, 1, 0, 0, 16]);
  assertEquals([...squaredRadii(line, 2)], [9, 4, 4, 4, 16]);
  assertEquals([...squaredRadii(line, 4)], [49, 36, 16, 16, 49]);
});

Deno.test("the k-th neighbour is the k-th in exact order, even if float32 cannot tell the distances apart", async () => {
  await useNative();
  // In some sets, the points are close together and far from 0, so all distances are equal in
  // float32.
  const sets = fc.record({
    count: fc.integer({ min: 4, max: 25 }),
    seed: fc.nat({ max: 999 }),
    scale: fc.constantFrom(1, 1e-6),
  });
  fc.assert(
    fc.property(
      ...[sets, fc.integer({ min: 1, max: 3 }), blockSizes] as const,
      ({ count, seed, scale }, k, blockSize) => {
        // The distance between two clusters determines the bound of the rounding error.
        const features = transform(gaussian(count, 2, seed), (x, i) => scale * x + i % 2);
        const wanted = Array.from({ length: count }, (_, i) => {
          const others = distancesFrom(features, i, features).filter((_, j) => j !== i);
          return others.sort((a, b) => a - b)[k - 1] ** 2;
        });
        squaredRadii(features, k, { blockSize }).forEach((radius, i) =>
          assertRelative(radius, wanted[i], 1e-14)
        );
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("the nearest reference is found, even if float32 cannot tell the distances apart", async () => {
  await useNative();
  // Rounding errors come from large distances to the references' mean: from the queries' distances
  // in some cases, from the references' distances in others.
  const spreads = fc.constantFrom([100, 1e-5], [1e-5, 100], [1, 1e-7]);
  fc.assert(
    fc.property(fc.nat({ max: 999 }), spreads, blockSizes, (seed, [wide, narrow], blockSize) => {
      const queries = transform(gaussian(9, 3, seed), (x) => wide * x);
      const references = transform(
        gaussian(40, 3, seed + 1),
        (x, i) => i % 20 === 7 ? 100 * x : 1 + narrow * x,
      );
      for (const set of [references, firstRows(references, 7)]) {
        const { indices, distances } = nearestNeighbours(queries, set, { blockSize });
        for (let i = 0; i < queries.count; i++) {
          const all = distancesFrom(queries, i, set);
          assertEquals(distances[i], Math.min(...all));
          assertEquals(indices[i], all.indexOf(distances[i]));
        }
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("a single reference is found at distance 0, although its upper bound is also 0", async () => {
  await useNative();
  const point = fromRows([[3, 4]]);
  const { indices, distances } = nearestNeighbours(point, point);
  assertEquals([[...indices], [...distances]], [[0], [0]]);
});

Deno.test("exact distances are computed only where rounding leaves the order in doubt", async () => {
  await useNative();
  // The points are 100 numbers in random order, and neighbouring numbers differ by 1. Rounding does
  // not confuse any of the distances.
  const points = shuffle(fromRows(Array.from({ length: 100 }, (_, i) => [i])), 1);
  const queries = transform(points, (x) => x + .25);
  assertLess(countReads(queries, (set) => nearestNeighbours(set, points)), 110);
  for (const k of [1, 2, 3, 5]) {
    // Except at the ends, each k-th neighbour is as far away as a point on the opposite side.
    assertLess(countReads(points, (set) => squaredRadii(set, k)), 2 * 100 * (k + 1) + 10);
  }
});

Deno.test("neighbours are exact if more references are equally near than the engine looks at", async () => {
  // Every point has 30 copies, and the first of them is the nearest one.
  const points = fromRows(Array.from({ length: 120 }, (_, i) => [i % 4, 1]));
  const found = await onBothEngines(() => ({
    ...nearestNeighbours(points, points),
    radii: squaredRadii(points, 31),
  }));
  for (const { indices, distances, radii } of Object.values(found)) {
    assertEquals([...indices], Array.from({ length: 120 }, (_, i) => i % 4));
    assertEquals(new Set([...distances]), new Set([0]));
    assertEquals(new Set([...radii]), new Set([1]));
    assertEquals(new Set(squaredRadii(points, 29)), new Set([0]));
  }
});

Deno.test("sets with different dimensions, or the wrong number of values, are refused", () => {
  const [flat, solid] = [gaussian(3, 2, 1), gaussian(3, 3, 1)];
  const cases: [message: string, attempt: () => unknown][] = [
    [
      "Nearest neighbours: wanted features of one extractor; found 2 dimensions against 3",
      () => nearestNeighbours(flat, solid),
    ],
    ["Neighbours: wanted 4 x 2 = 8 numbers; found 6", () => squaredRadii({ ...flat, count: 4 }, 1)],
  ];
  for (const [message, attempt] of cases) assertThrows(attempt, EvaluationError, message);
});

Deno.test("k must be a positive integer below the number of vectors", () => {
  const cases = [
    [0, "Distance from the k-th neighbour: wanted k to be a positive integer; found 0"],
    [1.5, "Distance from the k-th neighbour: wanted k to be a positive integer; found 1.5"],
    [3, "Distance from the k-th neighbour: wanted more than k = 3 vectors in each set; found 3"],
  ] as const;
  for (const [k, message] of cases) {
    assertThrows(
      () => squaredRadii(gaussian(3, 2, 1), k),
      EvaluationError,
      message,
    );
  }
});

/**
 * Counts how often `attempt` reads the property `values` of the features. An attempt reads the
 * numbers once for each exact distance, and a few times before the first exact distance.
 */
function countReads(features: Features, attempt: (counted: Features) => unknown): number {
  let reads = 0;
  const { values, count, dimension } = features;
  attempt({
    count,
    dimension,
    get values() {
      reads++;
      return values;
    },
  });
  return reads;
}

function firstRows({ values, dimension }: DoubleFeatures, count: number): Features {
  return { values: values.subarray(0, count * dimension), count, dimension };
}

function distancesFrom(
  queries: Features,
  i: number,
  references: Features,
): number[] {
  const { dimension } = queries;
  return Array.from({ length: references.count }, (_, j) => {
    let sum = 0;
    for (let at = 0; at < dimension; at++) {
      sum += (queries.values[i * dimension + at] -
        references.values[j * dimension + at]) ** 2;
    }
    return Math.sqrt(sum);
  });
}

function sameRow(
  { values, dimension }: Features,
  i: number,
  j: number,
): boolean {
  return values.subarray(i * dimension, (i + 1) * dimension).every((x, at) =>
    x === values[j * dimension + at]
  );
}
