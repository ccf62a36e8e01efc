import { disguise } from "../../lib/bench/sudoku/disguise.ts";
import { randomStream } from "../../lib/random.ts";
import type { Grid } from "../../lib/sudoku/board/grid.ts";

/**
 * Returns one of the symmetric copies of a 9x9 puzzle. The seed determines which copy is returned.
 */
export function shuffledCopy({ shape, values }: Grid, seed: number): Grid {
  const random = randomStream(Math.abs(seed), "sudoku symmetry");
  return { shape, values: disguise(values, random) };
}
