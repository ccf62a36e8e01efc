import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { folderOf, listCells, nameOf, takeShard } from "../../../lib/experiments/cells/cells.ts";
import { gridNamed, grids } from "../../../lib/experiments/grids.ts";

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

Deno.test("shards have every cell once, and differ in size by at most one", () => {
  const cells = listCells(grids, { seeds: 3, steps: 100 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), (count) => {
    const shards = Array.from(
      { length: count },
      (_, i) => takeShard(cells, { index: i + 1, count }),
    );
    assertEquals(shards.flat().map(nameOf).sort(), cells.map(nameOf).sort());
    const sizes = shards.map(({ length }) => length);
    assertEquals(Math.max(...sizes) - Math.min(...sizes) <= 1, true);
  }));
});

Deno.test("each cell has its own folder", () => {
  const cells = [100, 200].flatMap((steps) => listCells(grids, { seeds: 3, steps }));
  const folders = cells.map((cell) => folderOf("root", cell));
  assertEquals(new Set(folders).size, cells.length);
  assertEquals(folders[0], "root/100-steps/base/seed-1");
});
