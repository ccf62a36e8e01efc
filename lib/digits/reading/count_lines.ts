/** How many cells a straightened board has: by where its lines are. */
import { type Size, sizes } from "../../sudoku/mod.ts";
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

/** A line is looked for this far from its place, as a share of a cell. */
const REACH = 0.07;
/** The mean ink of a line's length that shows that it is one. */
const LINE = 60;

/**
 * The size of the board: the largest of which every line is there.
 *
 * @throws {ReadingError} when the lines are those of no board
 */
export function countCells(board: InkPicture): Size {
  // The lines of a smaller board are not all those of a larger one, nor the other way round.
  const size = sizes.toReversed().find((size) => faintestLine(board, size) >= LINE);
  if (size !== undefined) return size;
  throw new ReadingError(
    `Reading a board: wanted the lines of ${sizes.join(", ")} rows and columns, found those of ` +
      "none of them.",
  );
}

/** The least mean ink of the lines that a board of this size would have. */
function faintestLine(board: InkPicture, size: Size): number {
  let faintest = Infinity;
  for (let i = 1; i < size; i++) {
    faintest = Math.min(faintest, lineInk(board, i, size, true), lineInk(board, i, size, false));
  }
  return faintest;
}

/** The ink along a line, by the darkest pixel across it, in the mean of its length. */
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
