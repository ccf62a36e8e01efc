import { Board } from "../../lib/sudoku/board/board.ts";
import { type Grid, gridOf } from "../../lib/sudoku/board/grid.ts";
import { randomStream } from "../../lib/random.ts";
import { shapeOf, type Size } from "../../lib/sudoku/board/shape.ts";
import { countSolutions } from "../../lib/sudoku/solver/solve.ts";

/** Returns a puzzle that has exactly one solution and no unnecessary clue. */
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
 * Returns a board that contains some digits of a solution. The notes of every empty cell contain
 * the right digit and some random digits.
 */
export function randomBoard(size: Size, seed: number): Board {
  const values = Uint8Array.from(fullGrid(size));
  const random = randomStream(seed, "random boards");
  // Some boards are nearly full and others are empty. The number of notes per cell also varies.
  const [share, density] = [.8 * random.uniform(), .15 + .5 * random.uniform()];
  const kept = values.map((digit) => random.uniform() < share ? digit : 0);
  const notes = Array.from(values, (digit) => {
    let mask = 1 << (digit - 1);
    for (let bit = 0; bit < size; bit++) if (random.uniform() < density) mask |= 1 << bit;
    return mask;
  });
  return Board.withNotes(gridOf(size, kept), notes);
}

/** Returns a full grid in which each row is a shifted copy of the first row. */
export function fullGrid(size: Size): readonly number[] {
  const { boxHeight, boxWidth } = shapeOf(size);
  return Array.from({ length: size * size }, (_, cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const shift = row % boxHeight * boxWidth + Math.floor(row / boxHeight);
    return (shift + column) % size + 1;
  });
}
