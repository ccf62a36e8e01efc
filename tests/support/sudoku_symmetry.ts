/**
 * Copies of a 9x9 puzzle that are the same puzzle to a person: digits renamed, lines swapped in
 * bands, turned.
 */
import { disguise } from "../../lib/bench/sudoku/disguise.ts";
import { randomStream } from "../../lib/random.ts";
import type { Grid } from "../../lib/sudoku/board/grid.ts";

/** A copy that a seed picks from all of them. */
export function shuffledCopy({ shape, values }: Grid, seed: number): Grid {
  const random = randomStream(Math.abs(seed), "sudoku symmetry");
  return { shape, values: disguise(values, random) };
}
