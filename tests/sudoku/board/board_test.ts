import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { bitCount, bitsOf, lowestBit, masksOfSize } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import {
  cellSetOf,
  cellsOf,
  countCells,
  holdersOf,
  seenByAll,
} from "../../../lib/sudoku/board/cell_set.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { shapeOf, type Size, sizes } from "../../../lib/sudoku/board/shape.ts";

Deno.test("an empty board has all candidates as notes", () => {
  for (const size of sizes) {
    const board = emptyBoard(size);
    const all = (1 << size) - 1;
    assertEquals(new Set(board.candidates), new Set([all]));
    assertEquals(new Set(board.places), new Set([all]));
    assertEquals([board.empty, new Set(board.emptyIn)], [
      size * size,
      new Set([size]),
    ]);
  }
});

Deno.test("placing a digit removes its notes from the cell's peers and from no other cell", () => {
  const board = emptyBoard(9);
  board.place(40, 5);
  const without = Array.from(board.candidates.keys()).filter((cell) =>
    !(board.candidates[cell] & 0b10000)
  );
  assertEquals(without, [...shapeOf(9).peers[40], 40].sort((a, b) => a - b));
  assertEquals(board.candidates[40], 0);
});

Deno.test("after any changes the places of a digit are the cells that note it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sizes),
      fc.array(fc.tuple(fc.nat(80), fc.nat(511), fc.boolean()), {
        maxLength: 30,
      }),
      (size, changes) => {
        const board = emptyBoard(size);
        for (const [number, mask, isPlacement] of changes) {
          change(board, number, mask, isPlacement);
        }
        assertEquals(board.places, placesFromNotes(board));
        assertEquals(
          board.empty,
          board.values.filter((value) => value === 0).length,
        );
      },
    ),
    { seed: 1 },
  );
});

Deno.test("changing a copy does not change the original, and a board can take on the state of a copy", () => {
  const board = emptyBoard(6);
  const copy = board.copy();
  copy.place(0, 1);
  assertEquals([board.empty, copy.empty], [36, 35]);
  board.become(copy);
  assertEquals(board.candidates, copy.candidates);
  assertEquals(board.empty, 35);
});

Deno.test("count, members and lowest member of a mask of digits agree", () => {
  for (let mask = 1; mask < 512; mask++) {
    assertEquals(bitsOf[mask].length, bitCount[mask]);
    assertEquals(bitsOf[mask][0], lowestBit(mask));
  }
  // The number of masks of each size is a binomial coefficient of nine.
  assertEquals(masksOfSize.map(({ length }) => length), [
    1,
    9,
    36,
    84,
    126,
    126,
    84,
    36,
    9,
    1,
  ]);
});

Deno.test("a cell set returns its cells, and several cells see the peers that they share", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(80), { minLength: 1, maxLength: 4 }),
      (cells) => {
        const sorted = [...cells].sort((a, b) => a - b);
        assertEquals(cellsOf(cellSetOf(cells)), sorted);
        assertEquals(countCells(cellSetOf(cells)), cells.length);
        const { peers } = shapeOf(9);
        const shared = [...peers[cells[0]]].filter((peer) =>
          cells.every((cell) => peers[cell].includes(peer))
        );
        assertEquals(cellsOf(seenByAll(shapeOf(9), cells)), shared);
      },
    ),
    { seed: 2 },
  );
  const board = emptyBoard(4);
  board.place(0, 1);
  assertEquals(cellsOf(holdersOf(board, 1)), [6, 7, 9, 10, 11, 13, 14, 15]);
});

function emptyBoard(size: Size): Board {
  return Board.of(gridOf(size, new Array(size * size).fill(0)));
}

function change(
  board: Board,
  number: number,
  mask: number,
  isPlacement: boolean,
): void {
  const cell = number % board.shape.cellCount;
  const noted = board.candidates[cell];
  if (!isPlacement) board.remove(cell, mask);
  else if (noted > 0) board.place(cell, lowestBit(noted) + 1);
}

function placesFromNotes({ shape, candidates }: Board): Uint16Array {
  const places = new Uint16Array(shape.units.length * shape.size);
  shape.units.forEach((cells, unit) => {
    cells.forEach((cell, position) => {
      for (const bit of bitsOf[candidates[cell]]) {
        places[unit * shape.size + bit] |= 1 << position;
      }
    });
  });
  return places;
}
