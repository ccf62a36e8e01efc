import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import {
  type DistanceBlock,
  distanceBlocks,
  exactSquare,
  SharedReferences,
} from "../../../lib/evaluation/metrics/distance_blocks.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { nativeBackend } from "../../../lib/native/native_backend.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { fromRows, gaussian, onBothEngines, transform } from "../../support/features.ts";

Deno.test("exact squared distances follow the definition", () => {
  const [a, b] = [
    fromRows([[1, 2], [3, 5]]),
    fromRows([[0, 0], [6, 1], [3, 5]]),
  ];
  const squares = [0, 1].map((i) => [0, 1, 2].map((j) => exactSquare(a, i, b, j)));
  assertEquals(squares, [[5, 26, 13], [34, 25, 0]]);
});

Deno.test("approximate squared distances differ from exact ones by at most the error bound", async () => {
  await useNative();
  const shape = fc.record({
    counts: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
    ),
    dimension: fc.integer({ min: 1, max: 40 }),
    shift: fc.constantFrom(0, 1 / 3, 1e4 / 3, -1e6 / 7),
    scale: fc.constantFrom(1e-3, 1, 1e3),
    seed: fc.nat({ max: 999 }),
  });
  fc.assert(
    fc.property(shape, ({ counts, dimension, shift, scale, seed }) => {
      const [a, b] = counts.map((count, i) =>
        transform(
          gaussian(count, dimension, seed + i),
          (x) => scale * x + shift,
        )
      );
      assertWithinBounds(a, b, [...distanceBlocks(a, b)]);
    }),
    { numRuns: 50 },
  );
});

Deno.test("error bounds of squared distances follow from rounding around the references' mean", async () => {
  // The mean of the references is the point (1000, 1000). The two references are offset from the
  // mean by (3, 4) and (−3, −4), and the first query is offset from the mean by (6, 8).
  const references = fromRows([[1003, 1004], [997, 996]]);
  const queries = fromRows([[1006, 1008], [1000, 1000]]);
  const share = (2 + 34) * 2 ** -23;
  const found = await onBothEngines(
    () => [...distanceBlocks(queries, references)],
  );
  for (const [block, ...others] of Object.values(found)) {
    assertEquals(others, []);
    assertEquals([block.from, block.rows], [0, 2]);
    assertEquals([...block.squares], [25, 225, 25, 25]);
    assertEquals([...block.error], [100 * share, 0]);
    assertEquals([...block.referenceError], [25 * share, 25 * share]);
  }
});

Deno.test("error bounds of distances stay small, however far the vectors lie from 0", async () => {
  await useNative();
  const far = (seed: number) => transform(gaussian(30, 10, seed), (x) => x + 1e5);
  const [block] = distanceBlocks(far(1), far(2));
  for (const error of [...block.error, ...block.referenceError]) {
    assertLess(error, 1e-3);
  }
});

Deno.test("by default a block has at most ten million numbers", async () => {
  await useNative();
  // A row of a block has 3,000,000 numbers, so there are three rows per block.
  const references = { values: new Float32Array(3_000_000), count: 3_000_000, dimension: 1 };
  const queries = { values: Float32Array.of(0, 1, 2, 3), count: 4, dimension: 1 };
  const [{ from, rows, squares }] = distanceBlocks(queries, references);
  assertEquals([from, rows, squares.length], [0, 3, 9_000_000]);
});

Deno.test(
  "blocks cover all queries in order, and each has at least one row",
  withoutLeaks(async () => {
    await useNative();
    const queries = fromRows([0, 1, 2, 3, 4, 5, 6].map((x) => [x]));
    const references = fromRows([[0], [3]]);
    const cases: [blockSize: number, rows: number[]][] = [
      [1, [1, 1, 1, 1, 1, 1, 1]],
      [5, [2, 2, 2, 1]],
      [6, [3, 3, 1]],
      [14, [7]],
      [15, [7]],
    ];
    for (const [blockSize, wanted] of cases) {
      const blocks = [...distanceBlocks(queries, references, { blockSize })];
      assertEquals(blocks.map(({ rows }) => rows), wanted);
      let next = 0;
      for (const { from, rows, squares, error, referenceError } of blocks) {
        assertEquals([from, squares.length], [next, 2 * rows]);
        assertEquals([error.length, referenceError.length], [rows, 2]);
        for (let row = 0; row < rows; row++, next++) {
          assertEquals([...squares.slice(2 * row, 2 * row + 2)], [next ** 2, (next - 3) ** 2]);
        }
      }
      assertEquals(next, 7);
    }
  }),
);

Deno.test(
  "breaking out of distanceBlocks early leaks no tensors",
  withoutLeaks(async () => {
    await useNative();
    for (const block of distanceBlocks(gaussian(5, 2, 1), gaussian(5, 2, 2))) {
      assertEquals(block.rows, 5);
      break;
    }
  }),
);

Deno.test(
  "shared references give the same distances at every use, and can be used again after they are freed",
  withoutLeaks(async () => {
    await useNative();
    const [queries, references] = [gaussian(7, 3, 1), gaussian(5, 3, 2)];
    const before = nativeBackend().binding.getNumOfTensors();
    const wanted = [...distanceBlocks(queries, references)];
    const shared = new SharedReferences(references);
    for (const _ of ["first", "second"]) {
      assertEquals([...distanceBlocks(queries, shared)], wanted);
      assertEquals([...distanceBlocks(queries, shared)], wanted);
      shared.dispose();
    }
    assertEquals(nativeBackend().binding.getNumOfTensors(), before);
  }),
);

function assertWithinBounds(
  a: Features,
  b: Features,
  blocks: DistanceBlock[],
): void {
  const [{ from, rows, squares, error, referenceError }] = blocks;
  assertEquals([blocks.length, from, rows], [1, 0, a.count]);
  for (let i = 0; i < a.count; i++) {
    for (let j = 0; j < b.count; j++) {
      const off = Math.abs(squares[i * b.count + j] - exactSquare(a, i, b, j));
      assert(off <= error[i] + referenceError[j], `${i}, ${j}`);
    }
  }
}
