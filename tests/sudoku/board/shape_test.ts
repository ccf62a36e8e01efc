import { assertEquals } from "@std/assert";
import { cellName, shapeOf, sizes } from "../../../lib/sudoku/board/shape.ts";

Deno.test("each cell is in one row, one column and one box, and each unit has one cell per digit", () => {
  for (const size of sizes) {
    const { units, unitsOf, rows, columns, boxes, cellCount } = shapeOf(size);
    assertEquals(units, [...rows, ...columns, ...boxes]);
    for (const kind of [rows, columns, boxes]) {
      assertEquals(kind.map(({ length }) => length), Array(size).fill(size));
      const cells = kind.flatMap((unit) => [...unit]).sort((a, b) => a - b);
      assertEquals(cells, Array.from({ length: cellCount }, (_, cell) => cell));
    }
    unitsOf.forEach((of, cell) => {
      assertEquals([...of].map((unit) => Math.floor(unit / size)), [0, 1, 2]);
      assertEquals([...of].every((unit) => units[unit].includes(cell)), true);
    });
  }
});

Deno.test("peers are the 7, 12 or 20 cells that share a unit, and the relation is mutual", () => {
  for (const [size, count] of [[4, 7], [6, 12], [9, 20]] as const) {
    const { peers } = shapeOf(size);
    peers.forEach((seen, cell) => {
      assertEquals(seen.length, count);
      assertEquals(seen, seen.slice().sort());
      for (const peer of seen) assertEquals(peers[peer].includes(cell), true);
      assertEquals(seen.includes(cell), false);
    });
  }
});

Deno.test("boxes of a 6x6 board are two high and three wide, numbered row by row", () => {
  const { boxes } = shapeOf(6);
  assertEquals([...boxes[1]], [3, 4, 5, 9, 10, 11]);
  assertEquals([...boxes[4]], [24, 25, 26, 30, 31, 32]);
});

Deno.test("cells are named with their row and column, counted from 1", () => {
  assertEquals(cellName(shapeOf(6), 6), "r2c1");
  assertEquals(cellName(shapeOf(9), 8), "r1c9");
});
