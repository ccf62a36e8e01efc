/** Puzzles of any size for tests, made without the generator, which has its own tests. */
import { type Grid, gridOf } from "../../lib/sudoku/board/grid.ts";
import { randomStream } from "../../lib/random.ts";
import { shapeOf, type Size } from "../../lib/sudoku/board/shape.ts";
import { countSolutions } from "../../lib/sudoku/solver/solve.ts";

/** Returns a puzzle with one solution from which no clue can be removed. */
export function minimalPuzzle(size: Size, seed: number): Grid {
  const values = Uint8Array.from(shiftedRows(size));
  const random = randomStream(seed, "sudoku puzzles");
  for (const cell of random.permutation(size * size)) {
    const digit = values[cell];
    values[cell] = 0;
    if (countSolutions(gridOf(size, values), 2) > 1) values[cell] = digit;
  }
  return gridOf(size, values);
}

/** Returns a full grid: each row is the first one, shifted so that boxes are valid. */
function shiftedRows(size: Size): readonly number[] {
  const { boxHeight, boxWidth } = shapeOf(size);
  return Array.from({ length: size * size }, (_, cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const shift = row % boxHeight * boxWidth + Math.floor(row / boxHeight);
    return (shift + column) % size + 1;
  });
}
