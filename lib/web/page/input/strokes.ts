/**
 * Decides whether the player wrote a digit on the board or only tapped a cell. Also finds the cell
 * that the player meant.
 */
import type { Size } from "../../../sudoku/mod.ts";
import type { Stroke } from "../../../digits/stroke_form.ts";

/**
 * If a written digit is at most this large, measured in cells, then it goes into the cell on which
 * it was written. A larger digit goes into the selected cell.
 */
const LARGE = 1.6;

/** The minimum size of written digits, in cells. Strokes that are smaller count as a tap. */
const TAP = 0.12;

/** What the player meant by the strokes. */
export type Written =
  | { readonly kind: "tap"; readonly cell: number }
  /** The player wrote a digit. If `cell` is null, then the digit goes into the selected cell. */
  | { readonly kind: "digit"; readonly cell: number | null };

/**
 * Returns what the player meant by strokes on the board.
 *
 * @param strokes the strokes, with coordinates in hundredths of a cell
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
