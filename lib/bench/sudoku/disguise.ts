/**
 * Disguises puzzles without changing their logic, so that a solver cannot look up known puzzles in
 * a table.
 */
import type { RandomStream } from "../../random.ts";

/**
 * Returns a random symmetric copy of a 9x9 puzzle. The function permutes the digits, the bands of
 * three rows or columns, and the lines within each band. It may also transpose the puzzle.
 *
 * @param values 81 digits, row by row; 0 stands for an empty cell
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "../../random.ts";
 * const puzzle = new Uint8Array(81).fill(7, 0, 2);
 * const copy = disguise(puzzle, randomStream(1, "example"));
 * assertEquals(copy.filter((value) => value > 0).length, 2);
 * ```
 */
export function disguise(
  values: Readonly<Uint8Array>,
  random: RandomStream,
): Uint8Array {
  const [rows, columns] = [shuffleLines(random), shuffleLines(random)];
  const digits = random.permutation(9);
  const isTurned = random.integer(2) === 1;
  return values.map((_, cell) => {
    const row = rows[Math.floor(cell / 9)];
    const column = columns[cell % 9];
    const value = values[isTurned ? 9 * column + row : 9 * row + column];
    return value === 0 ? 0 : digits[value - 1] + 1;
  });
}

function shuffleLines(random: RandomStream): number[] {
  return Array.from(random.permutation(3)).flatMap((band) =>
    Array.from(random.permutation(3), (line) => 3 * band + line)
  );
}
