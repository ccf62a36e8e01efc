/** Determines the number of cells of a straightened board from the positions of its lines. */
import { type Size, sizes } from "../../sudoku/mod.ts";
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

/**
 * The largest distance between a line and its expected position, as a fraction of a cell's side.
 */
const REACH = 0.06;
/**
 * A line is compared with the paper on both sides, up to this distance from the line's expected
 * position. The distance is a fraction of a cell's side. Digits are farther than this from any
 * line.
 */
const AROUND = 0.12;
/** The minimum mean difference in ink between a line and the paper beside it. */
const LINE = 8;

/**
 * Returns the size of the board. Each possible size is judged by the contrast of its faintest line,
 * and the size with the highest contrast is returned.
 *
 * @throws {ReadingError} if no possible size has lines that are clear enough
 */
export function countBoardCells(board: InkPicture): Size {
  const profiles = [profileOf(board, "columns"), profileOf(board, "rows")];
  const scored = sizes.map((size) => ({
    size,
    contrast: Math.min(...profiles.map((profile) => faintestLine(profile, size))),
  })).sort((a, b) => b.contrast - a.contrast);
  if (scored[0].contrast >= LINE) return scored[0].size;
  throw new ReadingError(
    `Reading a board: wanted the lines of ${sizes.join(", ")} rows and columns, found none of ` +
      "these.",
  );
}

/**
 * Averages the ink of each column or of each row. Lines stand out in the averages, but digits do
 * not.
 */
function profileOf(
  { values, width: side }: InkPicture,
  of: "columns" | "rows",
): Float64Array {
  const profile = new Float64Array(side);
  values.forEach((value, at) => {
    profile[of === "columns" ? at % side : Math.floor(at / side)] += value / side;
  });
  return profile;
}

/**
 * Assumes that the board has the given size, and returns the contrast of its faintest inner line.
 */
function faintestLine(profile: Float64Array, size: Size): number {
  const cell = profile.length / size;
  const part = (line: number, from: number, to: number) =>
    profile.slice(Math.floor((line + from) * cell), Math.ceil((line + to) * cell));
  const lines = Array.from({ length: size - 1 }, (_, i) => {
    const line = Math.max(...part(i + 1, -REACH, REACH));
    const before = Math.min(...part(i + 1, -AROUND, -REACH));
    const behind = Math.min(...part(i + 1, REACH, AROUND));
    return line - Math.max(before, behind);
  });
  return Math.min(...lines);
}
