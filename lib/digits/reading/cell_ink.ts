/** Extracts the digit from a cell of a straightened board. */
import { boundsOf, type Ink } from "../mnist_form.ts";
import { listPieces } from "../pieces.ts";
import type { InkPicture } from "./ink_picture.ts";

/** The fraction of a cell that is cut off at each edge to remove the lines of the board. */
const EDGE = 0.1;
/** A pixel with less ink than this counts as paper. */
const FAINT = 70;
/**
 * A piece of ink is part of a line if it lies entirely within this distance of one edge. The
 * distance is given as a fraction of the cut cell's side.
 */
const RIM = 0.08;
/**
 * The minimum amount of ink in a digit and the minimum height of a digit, as fractions of the cut
 * cell.
 */
const LEAST_INK = 0.012;
const LEAST_HEIGHT = 0.3;

/** Returns the ink of the digit in a cell, or undefined if the cell is blank. */
export function inkOfCell(
  board: InkPicture,
  size: number,
  cell: number,
): Ink | undefined {
  const cut = cutCell(board, size, cell);
  const { values, width: side } = cut;
  const strong = (value: number) => value >= FAINT;
  const kept = new Uint8Array(values.length);
  for (const piece of listPieces(values, side, { of: strong, diagonal: true })) {
    if (!isRestOfLine(piece, side)) { for (const at of piece) kept[at] = values[at]; }
  }
  const ink = { values: kept, width: side, height: side };
  const box = boundsOf(ink);
  if (!box) return undefined;
  const amount = kept.reduce((sum, value) => sum + value, 0) / 255 / kept.length;
  const high = (box.bottom - box.top) / side;
  return amount >= LEAST_INK && high >= LEAST_HEIGHT ? ink : undefined;
}

function cutCell({ values, width }: InkPicture, size: number, cell: number): InkPicture {
  const whole = width / size;
  const side = Math.floor(whole * (1 - 2 * EDGE));
  const left = Math.round((cell % size + EDGE) * whole);
  const top = Math.round((Math.floor(cell / size) + EDGE) * whole);
  const cut = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    const from = (top + y) * width + left;
    cut.set(values.subarray(from, from + side), y * side);
  }
  return { values: cut, width: side, height: side };
}

function isRestOfLine(piece: readonly number[], side: number): boolean {
  const rim = Math.ceil(RIM * side);
  const xs = piece.map((at) => at % side);
  const ys = piece.map((at) => Math.floor(at / side));
  const [left, right, top, bottom] = [
    Math.max(...xs),
    side - 1 - Math.min(...xs),
    Math.max(...ys),
    side - 1 - Math.min(...ys),
  ];
  return Math.min(left, right, top, bottom) < rim;
}
