/**
 * Reads lists of puzzles: a sample in tests/golden/, and complete lists from the folder next to the
 * repository.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Grid, gridOf } from "../../lib/sudoku/board/grid.ts";
import { isNightly } from "./nightly.ts";
import { needsShared, sharedFile } from "./shared.ts";
import type { Requirement } from "./skip.ts";

/** A puzzle with its rating by Sukaku Explainer. */
export interface RatedPuzzle {
  readonly grid: Grid;
  readonly rating: number;
}

const [rated, clues17] = [
  "sudoku/sudoku_exchange_diabolical_se_rated.txt",
  "sudoku/clue17_sample2000.txt",
];

/**
 * Returns every 25th rated puzzle, or with `isNightly` all of them. Then it needs the complete
 * list.
 */
export function ratedPuzzles(): readonly RatedPuzzle[] {
  const sample = join(import.meta.dirname!, "../golden/sudoku/se_rated.txt");
  return readLines(isNightly ? sharedFile(rated) : sample).map((line) => {
    const [puzzle, rating] = line.split(" ");
    return { grid: gridFrom(puzzle), rating: Number(rating) };
  });
}

/** A list of puzzles, and the requirements of its test. */
export interface PuzzleList {
  readonly name: string;
  readonly requires: Requirement;
  puzzles(): readonly Grid[];
}

/**
 * Returns the lists of puzzles. Each list gets its own test, so none is left out silently.
 *
 * @param of17 the number of puzzles with 17 clues
 */
export function puzzleLists(of17: number): readonly PuzzleList[] {
  return [
    {
      name: "rated puzzles",
      requires: true,
      puzzles: () => ratedPuzzles().map(({ grid }) => grid),
    },
    {
      name: "puzzles with 17 clues",
      requires: needsShared(clues17),
      puzzles: () => puzzlesOf17(of17),
    },
  ];
}

function puzzlesOf17(count: number): readonly Grid[] {
  const puzzles = readLines(sharedFile(clues17)).slice(0, count).map(gridFrom);
  if (puzzles.length === count) return puzzles;
  throw new Error(
    `Reading ${clues17}: wanted ${count} puzzles, found ${puzzles.length}.`,
  );
}

/** Returns a 9x9 grid from 81 characters. */
export function gridFrom(text: string): Grid {
  return gridOf(9, [...text].map((each) => each === "." ? 0 : Number(each)));
}

function readLines(path: string): readonly string[] {
  return readFileSync(path, "utf8").trim().split("\n");
}
