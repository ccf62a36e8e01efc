/** Copies of a 9x9 puzzle that are the same puzzle to a person: digits renamed, lines swapped in bands, turned. */
import { type Grid, gridOf } from "../../lib/sudoku/grid.ts";
import { type RandomStream, randomStream } from "../../lib/random.ts";

/** A copy that a seed picks from all of them. */
export function shuffledCopy({ values }: Grid, seed: number): Grid {
  const random = randomStream(Math.abs(seed), "sudoku symmetry");
  const [rows, columns] = [shuffledLines(random), shuffledLines(random)];
  const digits = [0, ...shuffled(random, 9).map((digit) => digit + 1)];
  const isTurned = shuffled(random, 2)[0] === 1;
  const copy = new Array<number>(81);
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 9; column++) {
      const digit = digits[values[rows[row] * 9 + columns[column]]];
      copy[isTurned ? column * 9 + row : row * 9 + column] = digit;
    }
  }
  return gridOf(9, copy);
}

function shuffledLines(random: RandomStream): readonly number[] {
  return shuffled(random, 3).flatMap((band) =>
    shuffled(random, 3).map((line) => band * 3 + line)
  );
}

function shuffled(random: RandomStream, count: number): readonly number[] {
  return Array.from(random.permutation(count));
}
