import type { Grid } from "./grid.ts";
import type { Shape } from "./shape.ts";

/**
 * Formats a grid on one line, row by row.
 *
 * @param empty the character that stands for an empty cell
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatLine, parseGrid } from "@sudogan/sudogan/sudoku";
 * assertEquals(formatLine(parseGrid("1*** **2* 3*** ****")), "1.....2.3.......");
 * ```
 */
export function formatLine({ values }: Grid, empty = "."): string {
  let line = "";
  for (const value of values) line += value === 0 ? empty : value;
  return line;
}

/**
 * Draws a grid with one line of text per row, and with bars between the boxes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatDrawing, parseGrid } from "@sudogan/sudogan/sudoku";
 * assertEquals(
 *   formatDrawing(parseGrid("12......3......4")),
 *   "1 2 | . .\n. . | . .\n----+----\n3 . | . .\n. . | . 4",
 * );
 * ```
 */
export function formatDrawing({ shape, values }: Grid): string {
  return draw(shape, Array.from(values, (value) => value ? `${value}` : "."));
}

/**
 * Draws a grid that shows the notes in its empty cells.
 *
 * @param notes the noted digits of each cell as a mask, in which bit 0 stands for the digit 1;
 * ignored if the cell holds a digit
 */
export function formatNotes(
  { shape, values }: Grid,
  notes: ArrayLike<number>,
): string {
  const cells = Array.from(values, (value, cell) => {
    if (value !== 0) return `${value}`;
    const digits = Array.from({ length: shape.size }, (_, index) => index)
      .filter((index) => (notes[cell] >> index & 1) !== 0);
    return digits.map((index) => index + 1).join("") || ".";
  });
  return draw(shape, cells);
}

function draw(shape: Shape, cells: readonly string[]): string {
  const { size, boxHeight, boxWidth } = shape;
  const width = Math.max(...cells.map(({ length }) => length));
  const lines: string[] = [];
  for (let row = 0; row < size; row++) {
    if (row > 0 && row % boxHeight === 0) lines.push(rule(shape, width));
    const boxes: string[] = [];
    for (let first = 0; first < size; first += boxWidth) {
      const at = row * size + first;
      const inBox = cells.slice(at, at + boxWidth);
      boxes.push(inBox.map((cell) => cell.padEnd(width)).join(" "));
    }
    lines.push(boxes.join(" | ").trimEnd());
  }
  return lines.join("\n");
}

function rule({ size, boxWidth }: Shape, width: number): string {
  const box = "-".repeat(boxWidth * (width + 1) - 1);
  const boxes = new Array<string>(size / boxWidth).fill(box);
  return boxes.join("-+-");
}
