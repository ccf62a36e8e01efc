/** Counts the cells of a straightened board from the positions of its lines. */
import { type Size, sizes } from "../../sudoku/mod.ts";
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

/** The largest distance of a line from its expected position, as a fraction of a cell. */
const REACH = 0.06;
/**
 * A line is compared with the paper on both sides, up to this distance, as a fraction of a cell.
 * Digits lie farther away from a line.
 */
const AROUND = 0.12;
/** The least mean difference in ink between a line and the paper beside it. */
const LINE = 8;

/**
 * Returns the size of the board: the size whose faintest line stands out the most.
 *
 * @throws {ReadingError} if the lines do not form a board
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

/** Averages the ink of each column or row. Lines remain, and digits average out. */
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

/** Returns the contrast of the faintest inner line of a board of this size. */
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
