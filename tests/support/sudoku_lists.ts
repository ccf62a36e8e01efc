/** Lists of puzzles for tests: a sample in tests/golden/, whole lists where the folder beside the repository has them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Grid, gridOf } from "../../lib/sudoku/grid.ts";
import { isNightly } from "./nightly.ts";

/** A puzzle and the rating that Sudoku Explainer's successor gave it. */
export interface RatedPuzzle {
  readonly grid: Grid;
  readonly rating: number;
}

const sharedFolder = join(import.meta.dirname!, "../../../shared/sudoku");

/** Every 25th puzzle of the rated list, or with `isNightly` all of it where it is at hand. */
export function ratedPuzzles(): readonly RatedPuzzle[] {
  const all = join(sharedFolder, "sudoku_exchange_diabolical_se_rated.txt");
  const sample = join(import.meta.dirname!, "../golden/sudoku/se_rated.txt");
  return readLines(isNightly && existsSync(all) ? all : sample).map((line) => {
    const [puzzle, rating] = line.split(" ");
    return { grid: gridFrom(puzzle), rating: Number(rating) };
  });
}

/** Puzzles with 17 clues: up to `count` where the list is at hand, else none. */
export function puzzlesOf17(count: number): readonly Grid[] {
  const all = join(sharedFolder, "clue17_sample2000.txt");
  return existsSync(all) ? readLines(all).slice(0, count).map(gridFrom) : [];
}

/** A 9x9 grid from 81 characters. */
export function gridFrom(text: string): Grid {
  return gridOf(9, [...text].map((each) => each === "." ? 0 : Number(each)));
}

function readLines(path: string): readonly string[] {
  return readFileSync(path, "utf8").trim().split("\n");
}
