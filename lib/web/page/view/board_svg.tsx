/**
 * Draws a board as a single SVG image. The image is used for printing and for the steps of a
 * solution.
 */
import type { ComponentChildren } from "preact";
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import { digitsIn } from "../../game/mod.ts";
import { candidatePoint, cellPoint } from "./geometry.ts";

export interface BoardSvgProps {
  readonly size: Size;
  /** The digit of each cell, or 0 if the cell is empty. */
  readonly values: readonly number[];
  /** The clue of each cell, or 0 if the cell has no clue. */
  readonly givens: readonly number[];
  /** The notes of each cell, as a bit mask. */
  readonly notes?: readonly number[] | undefined;
  /**
   * The name of the image for screen readers. If there is no name, screen readers skip the image.
   */
  readonly label?: string | undefined;
  readonly children?: ComponentChildren;
}

export function BoardSvg({ size, values, givens, notes, label, children }: BoardSvgProps) {
  const side = size * 100;
  return (
    <svg
      class="board-svg"
      viewBox={`-4 -4 ${side + 8} ${side + 8}`}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : "true"}
    >
      <path class="hairs" d={linesOf(size, (index) => index > 0 && index < size)} />
      {values.map((digit, cell) => {
        const { x, y } = cellPoint(cell, size);
        if (digit === 0) return null;
        return (
          <text key={cell} class={givens[cell] ? "clue" : "entry"} x={x} y={y + 4}>{digit}</text>
        );
      })}
      {notes?.flatMap((mask, cell) =>
        values[cell] > 0 ? [] : digitsIn(mask).map((digit) => {
          const { x, y } = candidatePoint(cell, digit, size);
          return <text key={`${cell} ${digit}`} class="small" x={x} y={y + 1}>{digit}</text>;
        })
      )}
      <path class="rules" d={boxLines(size)} />
      {children}
    </svg>
  );
}

/**
 * Returns an SVG path with lines across the whole board. A vertical line is drawn if `isDrawn`
 * returns true for its index, and a horizontal line is drawn if `down` returns true for its index.
 */
function linesOf(size: Size, isDrawn: (index: number) => boolean, down = isDrawn): string {
  const side = size * 100;
  const indices = Array.from({ length: size + 1 }, (_, index) => index);
  const across = indices.filter(isDrawn).map((index) => `M${index * 100} 0V${side}`);
  return across.concat(indices.filter(down).map((index) => `M0 ${index * 100}H${side}`)).join("");
}

function boxLines(size: Size): string {
  const { boxWidth, boxHeight } = shapeOf(size);
  return linesOf(size, (index) => index % boxWidth === 0, (index) => index % boxHeight === 0);
}
