/**
 * Computes positions on the overlay over the board. On the overlay, each cell is 100 units wide.
 */
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import type { Arrow } from "../../game/mod.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The radius of the ring around a candidate. It is small enough that the rings of neighbouring
 * candidates do not touch.
 */
export const RING = 15.5;

/** Returns the position of the centre of a cell. */
export function cellPoint(cell: number, size: Size): Point {
  return { x: cell % size * 100 + 50, y: Math.floor(cell / size) * 100 + 50 };
}

/**
 * Returns the position of a candidate. The candidates of a cell are arranged row by row, in two
 * columns on a 4x4 board and in three columns on a larger board.
 */
export function candidatePoint(cell: number, digit: number, size: Size): Point {
  const { x, y } = cellPoint(cell, size);
  const columns = size === 4 ? 2 : 3;
  const rows = Math.ceil(size / columns);
  const [row, column] = [Math.floor((digit - 1) / columns), (digit - 1) % columns];
  return { x: x + spread(column, columns), y: y + spread(row, rows) };
}

/**
 * Returns how far a row or column of candidates is from the centre of the cell. The result is
 * negative if the row is above the centre, or if the column is to the left of the centre.
 * Neighbouring rows or columns are about a third of a cell apart.
 */
function spread(index: number, count: number): number {
  return (index - (count - 1) / 2) * 32;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the rectangle that a unit covers. The units are numbered in this order: all rows, all
 * columns, all boxes.
 */
export function unitRectangle(unit: number, size: Size): Rectangle {
  const cells = shapeOf(size).units[unit];
  const [first, last] = [cells[0], cells[cells.length - 1]].map((cell) => cellPoint(cell, size));
  return {
    x: first.x - 50,
    y: first.y - 50,
    width: last.x - first.x + 100,
    height: last.y - first.y + 100,
  };
}

/**
 * Returns the SVG path of an arrow from the ring of one candidate to the ring of another. The arrow
 * is curved, so that it does not lie on top of straight lines.
 */
export function arrowPath({ from, to }: Arrow, size: Size): string {
  const start = candidatePoint(from.cell, from.digit, size);
  const end = candidatePoint(to.cell, to.digit, size);
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(dx, dy);
  if (length === 0) return "";
  const bend = Math.min(40, length * 0.14);
  const middle = {
    x: (start.x + end.x) / 2 - dy / length * bend,
    y: (start.y + end.y) / 2 + dx / length * bend,
  };
  const [a, b] = [towards(start, middle), towards(end, middle)];
  return `M${round(a)}Q${round(middle)} ${round(b)}`;
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.min(1, (RING + 1.5) / length);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function round({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
