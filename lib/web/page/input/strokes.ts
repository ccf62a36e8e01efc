/** What was written on the board: which cell it is for, or whether it is only a tap. */
import type { Size } from "../../../sudoku/mod.ts";
import type { Stroke } from "../../../digits/stroke_form.ts";

/** Writing larger than this is not meant for the cell that it lies on; in cells. */
const LARGE = 1.6;

/** Writing smaller than this is a tap; in cells. */
const TAP = 0.12;

/** What was written. */
export type Written =
  | { readonly kind: "tap"; readonly cell: number }
  /** A digit; without a cell it is for the selected one. */
  | { readonly kind: "digit"; readonly cell: number | null };

/**
 * Returns what strokes on the board are for.
 *
 * @param strokes with a cell 100 wide
 */
export function judgeStrokes(strokes: readonly Stroke[], size: Size): Written {
  const points = strokes.flat();
  const [left, right] = rangeOf(points.map(({ x }) => x));
  const [top, bottom] = rangeOf(points.map(({ y }) => y));
  const extent = Math.max(right - left, bottom - top) / 100;
  const at = (middle: number) => Math.min(size - 1, Math.max(0, Math.floor(middle / 100)));
  const cell = at((top + bottom) / 2) * size + at((left + right) / 2);
  if (extent < TAP) return { kind: "tap", cell };
  return { kind: "digit", cell: extent > LARGE ? null : cell };
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
