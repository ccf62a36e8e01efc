/**
 * Defines print jobs. A print job contains the puzzles to print and the number of puzzles per page,
 * and says whether the solutions are also printed.
 */
import type { Size } from "../../../sudoku/mod.ts";

export interface PrintedPuzzle {
  readonly size: Size;
  readonly givens: readonly number[];
  /**
   * The digit to print in each cell, or 0 for an empty cell. The digits are the clues and, if the
   * player wishes, also the digits that the player has entered.
   */
  readonly values: readonly number[];
  readonly solution: readonly number[];
  readonly name: string;
}

export interface PrintJob {
  readonly puzzles: readonly PrintedPuzzle[];
  readonly perPage: 1 | 2 | 4;
  readonly withSolutions: boolean;
}

/** The number of solutions per page. Solutions are used only for checking, so they can be small. */
const SOLUTIONS_ON_A_PAGE = 4;

export interface PrintPage {
  readonly kind: "puzzles" | "solutions";
  readonly perPage: 1 | 2 | 4;
  readonly puzzles: readonly PrintedPuzzle[];
}

/**
 * Returns the pages of a print job. The pages with the puzzles come before the pages with the
 * solutions.
 */
export function pagesOf({ puzzles, perPage, withSolutions }: PrintJob): readonly PrintPage[] {
  const chunk = (kind: PrintPage["kind"], count: 1 | 2 | 4) =>
    Array.from({ length: Math.ceil(puzzles.length / count) }, (_, page): PrintPage => ({
      kind,
      perPage: count,
      puzzles: puzzles.slice(page * count, (page + 1) * count),
    }));
  const solutions = withSolutions ? chunk("solutions", SOLUTIONS_ON_A_PAGE) : [];
  return [...chunk("puzzles", perPage), ...solutions];
}
