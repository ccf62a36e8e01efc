/**
 * Reads the grid from a picture of a board. The picture is a file that `deno task sudoku draw`
 * wrote, or a photograph of a printout of such a file. If a digit is unclear, the reading fails.
 * The digit is never guessed.
 */
import { type CalibratedClassifier, classify } from "../../models/classify.ts";
import { cellName, type Grid, gridOf, type Shape, shapeOf } from "../../sudoku/mod.ts";
import { FORM, toMnistForm } from "../mnist_form.ts";
import { inkOfCell } from "./cell_ink.ts";
import { countBoardCells } from "./count_lines.ts";
import { findBoard } from "./find_board.ts";
import { type InkPicture, readInkPicture } from "./ink_picture.ts";
import { ReadingError } from "./reading_error.ts";
import { straighten } from "./straighten.ts";

export interface BoardReading {
  readonly grid: Grid;
  /** The probability of the digit in each cell. A blank cell has a probability of 1. */
  readonly probabilities: readonly number[];
}

export interface ReadOptions {
  /** The lowest probability at which a digit is accepted; default {@linkcode LEAST}. */
  readonly least?: number;
}

/** The lowest probability at which a digit is accepted by default. */
export const LEAST = 0.9;

/**
 * The side of a straightened board in pixels. It is a multiple of 4, 6 and 9, so the side of a cell
 * is a whole number of pixels.
 */
const SIDE = 756;

/**
 * Reads a board.
 *
 * @param file the bytes of a picture file
 * @throws {ReadingError} if the picture shows no board, or if digits are unclear; the message names
 * cells with unclear digits
 */
export async function readBoard(
  classifier: CalibratedClassifier,
  file: Uint8Array,
  { least = LEAST }: ReadOptions = {},
): Promise<BoardReading> {
  const picture = await readInkPicture(file);
  const board = straighten(picture, findBoard(picture), SIDE);
  const shape = shapeOf(countBoardCells(board));
  const forms = formsOf(board, shape);
  const rows = await readForms(classifier, [...forms.values()]);
  const values = new Uint8Array(shape.cellCount);
  const probabilities = new Array<number>(shape.cellCount).fill(1);
  const unclear: string[] = [];
  [...forms.keys()].forEach((cell, i) => {
    const [first, second] = likeliest(rows[i], shape.size);
    values[cell] = first;
    probabilities[cell] = rows[i][first];
    if (rows[i][first] >= least) return;
    unclear.push(`${cellName(shape, cell)} (${first} or ${second}?)`);
  });
  if (unclear.length > 0) throw refused(unclear);
  return { grid: gridOf(shape.size, values), probabilities };
}

/** Returns the picture of the digit in each filled cell, in the same form as MNIST's pictures. */
function formsOf(board: InkPicture, { size, cellCount }: Shape): Map<number, Uint8Array> {
  const forms = new Map<number, Uint8Array>();
  for (let cell = 0; cell < cellCount; cell++) {
    const ink = inkOfCell(board, size, cell);
    const form = ink && toMnistForm(ink);
    if (form) forms.set(cell, form);
  }
  return forms;
}

async function readForms(
  classifier: CalibratedClassifier,
  forms: readonly Uint8Array[],
): Promise<Float64Array[]> {
  if (forms.length === 0) return [];
  const pixels = new Uint8Array(forms.length * FORM * FORM);
  forms.forEach((form, i) => pixels.set(form, i * FORM * FORM));
  const size = { height: FORM, width: FORM, range: "0..255" } as const;
  const all = await classify(classifier, { pixels, count: forms.length, ...size });
  return forms.map((_, i) => all.subarray(i * 10, (i + 1) * 10));
}

function likeliest(probabilities: Float64Array, size: number): number[] {
  return Array.from({ length: size }, (_, i) => i + 1)
    .sort((a, b) => probabilities[b] - probabilities[a]);
}

function refused(unclear: readonly string[]): ReadingError {
  const some = unclear.slice(0, 5).join(", ");
  const more = unclear.length > 5 ? ` and ${unclear.length - 5} more` : "";
  return new ReadingError(
    `Reading a board: wanted clear digits, found unclear ones in ${some}${more}.`,
  );
}
