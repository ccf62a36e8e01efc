/**
 * Reads the grid from a picture of a board. The picture is a file from `deno task sudoku draw` or a
 * photograph of its printout. An unclear digit is an error, never a guess.
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
  /** The probability of each cell's digit; 1 for a blank cell. */
  readonly probabilities: readonly number[];
}

export interface ReadOptions {
  /** The lowest accepted probability of a digit; default {@linkcode LEAST}. */
  readonly least?: number;
}

/** The lowest probability at which a digit is accepted. */
export const LEAST = 0.9;

/** The side of a straightened board in pixels. It is a multiple of 4, 6 and 9. */
const SIDE = 756;

/**
 * Reads a board.
 *
 * @param file the bytes of a picture
 * @throws {ReadingError} if there is no board, or if digits are unclear; the message names the
 * cells
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

/** Returns the digit in each filled cell, in MNIST's form. */
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
