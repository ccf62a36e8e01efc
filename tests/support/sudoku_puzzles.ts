import { Board } from "../../lib/sudoku/board/board.ts";
import { type Grid, gridOf } from "../../lib/sudoku/board/grid.ts";
import { randomStream } from "../../lib/random.ts";
import { shapeOf, type Size } from "../../lib/sudoku/board/shape.ts";
import { countSolutions } from "../../lib/sudoku/solver/solve.ts";

/** Returns a puzzle with one solution and no unnecessary clue. */
export function minimalPuzzle(size: Size, seed: number): Grid {
  const values = Uint8Array.from(fullGrid(size));
  const random = randomStream(seed, "sudoku puzzles");
  for (const cell of random.permutation(size * size)) {
    const digit = values[cell];
    values[cell] = 0;
    if (countSolutions(gridOf(size, values), 2) > 1) values[cell] = digit;
  }
  return gridOf(size, values);
}

/**
 * Returns a board with some digits of a solution. All other cells have the right digit and random
 * digits as notes.
 */
export function randomBoard(size: Size, seed: number): Board {
  const values = Uint8Array.from(fullGrid(size));
  const random = randomStream(seed, "random boards");
  // Boards range from nearly full to empty, and cells from few notes to many.
  const [share, density] = [.8 * random.uniform(), .15 + .5 * random.uniform()];
  const kept = values.map((digit) => random.uniform() < share ? digit : 0);
  const notes = Array.from(values, (digit) => {
    let mask = 1 << (digit - 1);
    for (let bit = 0; bit < size; bit++) if (random.uniform() < density) mask |= 1 << bit;
    return mask;
  });
  return Board.withNotes(gridOf(size, kept), notes);
}

/** Returns a full grid. Each row is the first row shifted. */
export function fullGrid(size: Size): readonly number[] {
  const { boxHeight, boxWidth } = shapeOf(size);
  return Array.from({ length: size * size }, (_, cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const shift = row % boxHeight * boxWidth + Math.floor(row / boxHeight);
    return (shift + column) % size + 1;
  });
}
