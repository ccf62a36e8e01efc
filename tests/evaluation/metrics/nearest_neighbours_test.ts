import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import {
  nearestNeighbours,
  squaredRadii,
} from "../../../lib/evaluation/metrics/nearest_neighbours.ts";
import { useNative } from "../../support/engine.ts";
import { fromRows, gaussian, onBothEngines } from "../../support/features.ts";

Deno.test("the nearest neighbour equals that of a full search, and ties go to the first", async () => {
  await useNative();
  const points = fc.array(
    fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
    { minLength: 1, maxLength: 30 },
  ).map(fromRows);
  fc.assert(
    fc.property(points, points, (queries, references) => {
      const { indices, distances } = nearestNeighbours(queries, references);
      for (let i = 0; i < queries.count; i++) {
        const all = distancesFrom(queries, i, references);
        const nearest = Math.min(...all);
        assertEquals(distances[i], nearest);
        assertEquals(indices[i], all.indexOf(nearest));
      }
    }),
    { numRuns: 200 },
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

Deno.test("vectors in several blocks have the same neighbours as in one", async () => {
  await useNative();
  const references = gaussian(9000, 16, 1);
  const queries = gaussian(2500, 16, 2);
  const { indices, distances } = nearestNeighbours(queries, references);
  for (const i of [0, 1110, 1111, 1112, 2221, 2222, 2223, 2499]) {
    const all = distancesFrom(queries, i, references);
    assertEquals(distances[i], Math.min(...all));
    assertEquals(indices[i], all.indexOf(distances[i]));
  }
});

Deno.test("the k-th neighbour excludes the vector itself, but not its copies", async () => {
  await useNative();
  const line = fromRows([[0], [1], [3], [3], [7]]);
  assertEquals([...squaredRadii(line, 1)], [1, 1, 0, 0, 16]);
  assertEquals([...squaredRadii(line, 2)], [9, 4, 4, 4, 16]);
  assertEquals([...squaredRadii(line, 4)], [49, 36, 16, 16, 49]);
});

Deno.test("a k that exceeds the number of neighbours is refused", () => {
  const cases = [
    [0, "positive integer"],
    [1.5, "positive integer"],
    [3, "more than k = 3 vectors in each set; found 3"],
  ] as const;
  for (const [k, message] of cases) {
    assertThrows(
      () => squaredRadii(gaussian(3, 2, 1), k),
      EvaluationError,
      message,
    );
  }
});

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
