/**
 * Reads lists of puzzles. A sample is in tests/golden/, and the complete lists are in the folder
 * `shared` next to the repository.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Grid, gridOf } from "../../lib/sudoku/board/grid.ts";
import { isNightly } from "./nightly.ts";
import { needsShared, sharedFile } from "./shared.ts";
import type { Requirement } from "./skip.ts";

/**
 * A puzzle with its rating by the program Sukaku Explainer, the successor of Sudoku Explainer. The
 * list is from github.com/grantm/sudoku-exchange-puzzle-bank.
 */
export interface RatedPuzzle {
  readonly grid: Grid;
  readonly rating: number;
}

const [rated, clues17] = [
  "sudoku/sudoku_exchange_diabolical_se_rated.txt",
  "sudoku/clue17_sample2000.txt",
];

/**
 * Returns every 25th puzzle of the rated list. If `isNightly` is true, returns all puzzles of the
 * list instead; the list must then be in the folder `shared`.
 */
export function ratedPuzzles(): readonly RatedPuzzle[] {
  const sample = join(import.meta.dirname!, "../golden/sudoku/se_rated.txt");
  return readLines(isNightly ? sharedFile(rated) : sample).map((line) => {
    const [puzzle, rating] = line.split(" ");
    return { grid: gridFrom(puzzle), rating: Number(rating) };
  });
}

/** A list of puzzles, and the requirement that must be met before a test can use it. */
export interface PuzzleList {
  readonly name: string;
  readonly requires: Requirement;
  puzzles(): readonly Grid[];
}

/**
 * Returns the lists of puzzles. Each list gets a separate test, so a missing list is reported as a
 * skipped test.
 *
 * @param of17 number of puzzles to read from the list of puzzles with 17 clues
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

/** Returns a 9x9 grid from a string of 81 characters. A `.` or `0` stands for an empty cell. */
export function gridFrom(text: string): Grid {
  return gridOf(9, [...text].map((each) => each === "." ? 0 : Number(each)));
}

function readLines(path: string): readonly string[] {
  return readFileSync(path, "utf8").trim().split("\n");
}
