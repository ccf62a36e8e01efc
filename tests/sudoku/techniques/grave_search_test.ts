/**
 * Tests the search for the extra candidates of a bivalue universal grave by comparing it with the
 * definition: all ways to leave two candidates in each cell are tried.
 */
import { assertEquals, assertGreater } from "@std/assert";
import { bitCount, masksOfSize } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { shapeOf, type Size } from "../../../lib/sudoku/board/shape.ts";
import { findExtras } from "../../../lib/sudoku/techniques/uniqueness/grave_search.ts";
import { randomStream } from "../../../lib/random.ts";
import { fullGrid } from "../../support/sudoku_puzzles.ts";

type Extras = ReadonlyMap<number, number>;

/**
 * Returns the notes of a grave without extras: the candidates of each cell are its digit in a full
 * grid and the next digit, with 1 following the highest digit.
 */
function graveNotes(size: Size): number[] {
  return fullGrid(size).map((digit) => 1 << (digit - 1) | 1 << digit % size);
}

function boardOf(size: Size, notes: readonly number[]): Board {
  return Board.withNotes(gridOf(size, new Array(size * size).fill(0)), notes);
}

/**
 * Whether each cell has exactly two candidates, and each unit has either two places or no place for
 * each digit.
 */
function isGrave(size: Size, notes: readonly number[]): boolean {
  return notes.every((mask) => bitCount[mask] === 2) &&
    shapeOf(size).units.every((unit) =>
      Array.from(
        { length: size },
        (_, bit) => [...unit].filter((cell) => notes[cell] >> bit & 1).length,
      ).every((count) => count === 0 || count === 2)
    );
}

/** Returns every set of extra candidates whose removal turns the board into a grave. */
function allExtras(size: Size, notes: readonly number[]): Extras[] {
  const rich = [...notes.keys()].filter((cell) => bitCount[notes[cell]] > 2);
  const found: Extras[] = [];
  const choose = (index: number, kept: readonly number[]) => {
    if (index === rich.length) {
      if (isGrave(size, kept)) {
        found.push(new Map(rich.map((cell) => [cell, notes[cell] & ~kept[cell]])));
      }
      return;
    }
    const cell = rich[index];
    for (const pair of masksOfSize[2]) {
      if (!(pair & ~notes[cell])) choose(index + 1, kept.with(cell, pair));
    }
  };
  choose(0, notes);
  return found;
}

/**
 * Asserts that there is at most one set of extras, and that the search finds this set, or nothing
 * if there is none.
 */
function assertFindsExtras(size: Size, notes: readonly number[]): Extras | undefined {
  const [wanted, ...more] = allExtras(size, notes).filter((extras) => extras.size > 0);
  assertEquals(more, []);
  const found = findExtras(boardOf(size, notes));
  assertEquals(sorted(found), sorted(wanted));
  return found;
}

const sorted = (extras: Extras | undefined) => extras && [...extras].sort(([a], [b]) => a - b);

/** The changes that the tests make to a grave, by description. */
const changes: Readonly<Record<string, Change>> = {
  "no change": () => {},
  "a candidate is gone": (size, notes, random) => {
    const cell = random.integer(size * size);
    notes[cell] &= ~(1 << random.integer(size));
  },
  // The digit keeps its number of places in each unit, but two cells have one candidate left, and
  // two others have three.
  "a digit moves from two crossings of two rows and two columns to the other two": (
    size,
    notes,
    random,
  ) => {
    const { boxWidth } = shapeOf(size);
    // The first cell's digits are also in the cell that is diagonally opposite.
    const bit = 1 << random.integer(2);
    for (const cell of [0, boxWidth, size, size + boxWidth]) notes[cell] ^= bit;
  },
};

type Change = (size: Size, notes: number[], random: ReturnType<typeof randomStream>) => void;

for (const [name, change] of Object.entries(changes)) {
  Deno.test(`the extras are those without which the board is a grave: ${name}`, () => {
    const counts = { found: 0, none: 0 };
    for (const size of [4, 6] as const) {
      for (let seed = 0; seed < 120; seed++) {
        const random = randomStream(seed, "grave search");
        const notes = graveNotes(size);
        const digit = random.integer(size);
        for (const cell of random.permutation(size * size).subarray(0, 1 + random.integer(3))) {
          notes[cell] |= 1 << (seed % 2 ? digit : random.integer(size));
        }
        change(size, notes, random);
        counts[assertFindsExtras(size, notes) ? "found" : "none"]++;
      }
    }
    assertGreater(counts.none, 0);
    if (change === changes["no change"]) assertGreater(counts.found, 100);
  });
}

Deno.test("an extra digit is found although no unit has it in only one of the cells", () => {
  // Each row and column of these cells has two of them, and the box has all four.
  const cells = [9, 10, 18, 19];
  const wanted = cells.map((cell) => [cell, 1 << 1]);
  const notes = graveNotes(9);
  for (const cell of cells) notes[cell] |= 1 << 1;
  assertEquals(sorted(assertFindsExtras(9, notes)), wanted);
  // The same is true if each unit already has the 9.
  const values = fullGrid(9).map((digit) => digit === 9 ? 9 : 0);
  const others = fullGrid(9).map((digit, cell) =>
    1 << (digit - 1) | 1 << digit % 8 | (cells.includes(cell) ? 1 << 1 : 0)
  );
  assertEquals(sorted(findExtras(Board.withNotes(gridOf(9, values), others))), wanted);
});

Deno.test("a grave has no extras, and neither has a full board", () => {
  for (const size of [4, 6, 9] as const) {
    assertEquals(findExtras(boardOf(size, graveNotes(size))), undefined);
    assertEquals(findExtras(Board.of(gridOf(size, fullGrid(size)))), undefined);
  }
});
