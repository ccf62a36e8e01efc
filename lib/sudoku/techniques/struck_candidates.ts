import { digitsOf } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import { cellsOf, holdersOf, intersection, seenByAll } from "../board/cell_set.ts";
import type { Candidate } from "./step_reason.ts";

/** Returns those candidates of the given cells whose digits are in the bit mask `digits`. */
export function candidatesIn(
  { candidates }: Board,
  cells: readonly number[],
  digits: number,
): readonly Candidate[] {
  return cells.flatMap((cell) =>
    digitsOf(candidates[cell] & digits).map((digit) => ({ cell, digit }))
  );
}

/** Returns the candidates with the given digit whose cells see all the given cells. */
export function candidatesSeenByAll(
  board: Board,
  cells: readonly number[],
  digit: number,
): readonly Candidate[] {
  const seen = seenByAll(board.shape, cells);
  return cellsOf(intersection(seen, holdersOf(board, digit)))
    .map((cell) => ({ cell, digit }));
}
