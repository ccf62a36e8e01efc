/** Defines what to print: which puzzles, how many per page, and whether to add their solutions. */
import type { Size } from "../../../sudoku/mod.ts";

export interface PrintedPuzzle {
  readonly size: Size;
  readonly givens: readonly number[];
  /** The digits to print, one per cell: the clues, and optionally the player's digits. */
  readonly values: readonly number[];
  readonly solution: readonly number[];
  readonly name: string;
}

export interface PrintJob {
  readonly puzzles: readonly PrintedPuzzle[];
  readonly perPage: 1 | 2 | 4;
  readonly withSolutions: boolean;
}

/** The number of solutions per page. They are only for checking, so they can be small. */
const SOLUTIONS_ON_A_PAGE = 4;

export interface PrintPage {
  readonly kind: "puzzles" | "solutions";
  readonly perPage: 1 | 2 | 4;
  readonly puzzles: readonly PrintedPuzzle[];
}

/** Returns the pages of a job: puzzles first, then solutions. */
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
