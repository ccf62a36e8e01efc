import { assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import {
  type Cell,
  folderOf,
  listCells,
  nameOf,
  takeShard,
} from "../../../lib/experiments/cells/cells.ts";
import { gridNamed, grids } from "../../../lib/experiments/grids.ts";
import { estimateSeconds } from "../../../lib/experiments/search/step_cost.ts";

Deno.test("the two tables have 13 experiments with one base, and their cells are ordered by seed", () => {
  const tables = [gridNamed("table-1"), gridNamed("table-2")];
  const cells = listCells(tables, { seeds: 3, steps: 100 });
  assertEquals(cells.length, 39);
  assertEquals(cells.slice(0, 13).map(({ seed }) => seed), Array(13).fill(1));
  assertEquals(
    cells.filter(({ experiment: { name } }) => name === "base").length,
    3,
  );
});

Deno.test("shards have every cell once, and their work differs by at most two cells", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 4 }),
    fc.subarray([...grids], { minLength: 1 }),
    (count, seeds, some) => {
      const cells = listCells(some, { seeds, steps: 10_000 });
      const shards = divide(cells, count);
      assertEquals(shards.flat().map(nameOf).sort(), cells.map(nameOf).sort());
      const slowest = Math.max(...cells.map(estimateSeconds));
      assertLessOrEqual(spreadOf(shards), 2 * slowest);
    },
  ));
});

Deno.test("shards of the report's grids take the same time within 10 %, and mix the recipes", () => {
  const reported = ["table-1", "table-2", "smoothing"].map(gridNamed);
  const cells = listCells(reported, { seeds: 3, steps: 10_000 });
  for (const count of [2, 3, 4, 6]) {
    const shards = divide(cells, count);
    const longest = Math.max(...shards.map(totalSeconds));
    assertLessOrEqual(spreadOf(shards) / longest, 0.1, `${count} shards`);
    // With two shards, one of them must take two of the three seeds.
    assertEquals(Math.max(...shards.map(mostSeeds)), Math.ceil(3 / count));
  }
});

Deno.test("each cell has its own folder", () => {
  const cells = [100, 200].flatMap((steps) => listCells(grids, { seeds: 3, steps }));
  const folders = cells.map((cell) => folderOf("root", cell));
  assertEquals(new Set(folders).size, cells.length);
  assertEquals(folders[0], "root/100-steps/base/seed-1");
});

function divide(cells: readonly Cell[], count: number): Cell[][] {
  return Array.from(
    { length: count },
    (_, i) => takeShard(cells, { index: i + 1, count }, estimateSeconds),
  );
}

/** Returns the difference between the slowest and the fastest shard in estimated seconds. */
function spreadOf(shards: readonly (readonly Cell[])[]): number {
  const seconds = shards.map(totalSeconds);
  return Math.max(...seconds) - Math.min(...seconds);
}

/** Returns the largest number of seeds of any experiment in a shard. */
function mostSeeds(shard: readonly Cell[]): number {
  const names = shard.map(({ experiment }) => experiment.name);
  return Math.max(...names.map((name) => names.filter((other) => other === name).length));
}

function totalSeconds(shard: readonly Cell[]): number {
  return shard.reduce((sum, cell) => sum + estimateSeconds(cell), 0);
}
