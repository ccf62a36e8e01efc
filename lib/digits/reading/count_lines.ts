/** Counts the cells of a straightened board from the positions of its lines. */
import { type Size, sizes } from "../../sudoku/mod.ts";
import type { InkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";

/** How far a line may be from its expected position, as a fraction of a cell. */
const REACH = 0.06;
/**
 * A line is compared with the strips of paper on both sides of it. The strips end at this distance
 * from the line's expected position, as a fraction of a cell. Digits do not reach into these
 * strips.
 */
const AROUND = 0.12;
/** A line must have at least this much more ink than the paper next to it, on average. */
const LINE = 8;

/**
 * Returns the size of the board. Tries all sizes, and chooses the one for which the faintest line
 * stands out the most.
 *
 * @throws {ReadingError} when the lines do not form a board
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
 * Returns the mean ink of each column or each row. Noise and digits average out, but lines remain.
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

/** Returns how much the faintest inner line stands out if the board has this size. */
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
