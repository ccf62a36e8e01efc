/** Counts the cells of a straightened board from the places of its lines. */
import { type Size, sizes } from "../../sudoku/mod.ts";
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

/** Maximum distance of a line from its place, as a fraction of a cell. */
const REACH = 0.07;
/** The mean ink along a line that proves it is one. */
const LINE = 60;

/**
 * Returns the size of the board: the largest one with all its lines.
 *
 * @throws {ReadingError} when the lines do not form a board
 */
export function countCells(board: InkPicture): Size {
  // Neither a smaller board's lines nor a larger one's include all of the other's.
  const size = sizes.toReversed().find((size) => faintestLine(board, size) >= LINE);
  if (size !== undefined) return size;
  throw new ReadingError(
    `Reading a board: wanted the lines of ${sizes.join(", ")} rows and columns, found those of ` +
      "none of them.",
  );
}

/** Returns the lowest mean ink of the lines that a board of this size would have. */
function faintestLine(board: InkPicture, size: Size): number {
  let faintest = Infinity;
  for (let i = 1; i < size; i++) {
    faintest = Math.min(faintest, lineInk(board, i, size, true), lineInk(board, i, size, false));
  }
  return faintest;
}

/** Returns the mean ink along a line, taking the darkest pixel across it at each position. */
function lineInk(
  { values, width: side }: InkPicture,
  line: number,
  size: Size,
  upright: boolean,
): number {
  const middle = line * side / size;
  const reach = REACH * side / size;
  const [from, to] = [Math.round(middle - reach), Math.round(middle + reach)];
  let sum = 0;
  for (let along = 0; along < side; along++) {
    let most = 0;
    for (let across = from; across < to; across++) {
      const at = upright ? along * side + across : across * side + along;
      most = Math.max(most, values[at]);
    }
    sum += most;
  }
  return sum / side;
}
