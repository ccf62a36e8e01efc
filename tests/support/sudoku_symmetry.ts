/**
 * Disguised copies of a 9x9 puzzle: digits renamed, lines swapped within bands, the grid turned.
 */
import { disguise } from "../../lib/bench/sudoku/disguise.ts";
import { randomStream } from "../../lib/random.ts";
import type { Grid } from "../../lib/sudoku/board/grid.ts";

/** Returns the copy that a seed chooses from all of them. */
export function shuffledCopy({ shape, values }: Grid, seed: number): Grid {
  const random = randomStream(Math.abs(seed), "sudoku symmetry");
  return { shape, values: disguise(values, random) };
}
