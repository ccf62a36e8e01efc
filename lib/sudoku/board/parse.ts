/**
 * Reads grids in the usual formats:
 *
 * - one line of 16, 36 or 81 cells, in which `.`, `0`, `*`, `_`, `?` or `x` stands for an empty
 *   cell;
 * - one line for each row, with or without spaces;
 * - one line for each row, with bars (`|`) and rules (`---+---`) between the boxes, also in
 *   box-drawing characters;
 * - candidate grids, which list the possible digits of each cell. The cells are separated by spaces
 *   or bars (HoDoKu, SudoCue, Simple Sudoku), or the grid has 729 characters, nine for each cell.
 *
 * A cell with only one candidate is read as a digit, because candidate grids do not mark which
 * digits were given.
 */
import { type Grid, GridError, gridOf } from "./grid.ts";
import { cellName, type Shape, shapeOf, type Size, sizes } from "./shape.ts";

/** A grid with the notes in its cells. */
export interface NotedGrid {
  /** The digits. */
  readonly grid: Grid;
  /**
   * The noted digits of each cell as a mask, in which bit 0 stands for the digit 1. The field is
   * undefined if the string has no notes.
   */
  readonly notes: Uint16Array | undefined;
}

const emptySigns = ".0*_?xX";

/**
 * Reads a grid and ignores its notes. The digits may conflict; use validateGrid to check them.
 *
 * @throws {GridError} if the string is not a grid
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseGrid } from "@sudogan/sudogan/sudoku";
 * assertEquals(parseGrid("12|..\n..|..\n--+--\n.1|..\n..|.4"), parseGrid("12.......1.....4"));
 * ```
 */
export function parseGrid(text: string): Grid {
  return parseNotedGrid(text).grid;
}

/**
 * Reads a grid and its notes.
 *
 * @throws {GridError} if the string is not a grid
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseNotedGrid } from "@sudogan/sudogan/sudoku";
 * const { grid, notes } = parseNotedGrid("1 2 34 34 | 34 34 12 12 | 2 14 134 134 | 34 134 124 12");
 * assertEquals([grid.values[1], grid.values[2], notes?.[2]], [2, 0, 0b1100]);
 * ```
 */
export function parseNotedGrid(text: string): NotedGrid {
  const plain = readPlain(text);
  if (plain !== undefined) return { grid: plain, notes: undefined };
  const words = wordsOf(text);
  const bySeparated = sizeWith(words.length);
  if (bySeparated !== undefined) return readCells(bySeparated, words);
  const cells = words.join("");
  const byCount = sizeWith(cells.length);
  if (byCount !== undefined) return readCells(byCount, [...cells]);
  const byNotes = sizes.find((size) => size ** 3 === cells.length);
  if (byNotes !== undefined) {
    return readCells(byNotes, cutInPieces(cells, byNotes));
  }
  throw new GridError(
    `Reading a grid: wanted 16, 36 or 81 cells, found ${cells.length}${describeStrangers(cells)}.`,
  );
}

/**
 * Reads the most common format, which has one character for each cell. This is faster than the
 * general code. Returns undefined for any other format.
 */
function readPlain(text: string): Grid | undefined {
  const size = sizeWith(text.length);
  if (size === undefined) return undefined;
  const values = new Uint8Array(text.length);
  for (let cell = 0; cell < values.length; cell++) {
    const digit = text.charCodeAt(cell) - 0x30;
    if (digit >= 1 && digit <= size) values[cell] = digit;
    else if (!emptySigns.includes(text[cell])) return undefined;
  }
  return { shape: shapeOf(size), values };
}

function wordsOf(text: string): string[] {
  return text.split(/\r\n?|\n/)
    .filter((line) => !isRule(line))
    .join("\n")
    .replace(/[|¦│┃║!{}()<>[\]]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/**
 * Returns whether a line of text is only a separator between boxes. Such a line consists of dashes
 * or equals signs, and it may contain corners and crossings.
 */
function isRule(line: string): boolean {
  return /[-=─━═]{2}/.test(line) && !/[1-9*_?x]/i.test(line);
}

function sizeWith(cells: number): Size | undefined {
  return sizes.find((size) => size * size === cells);
}

function cutInPieces(text: string, length: number): string[] {
  return Array.from(
    { length: text.length / length },
    (_, piece) => text.slice(piece * length, (piece + 1) * length),
  );
}

function readCells(size: Size, words: readonly string[]): NotedGrid {
  const shape = shapeOf(size);
  const hasNotes = words.some((word) => word.length > 1);
  const notes = new Uint16Array(shape.cellCount);
  const values = words.map((word, cell) => {
    const digits = readDigits(shape, word, cell);
    if (digits.length === 1) return digits[0];
    for (const digit of digits) notes[cell] |= 1 << digit - 1;
    return 0;
  });
  return { grid: gridOf(size, values), notes: hasNotes ? notes : undefined };
}

function readDigits(shape: Shape, word: string, cell: number): number[] {
  return [...word].flatMap((sign) => {
    if (emptySigns.includes(sign)) return [];
    if (sign >= "1" && sign <= String(shape.size)) return [Number(sign)];
    const { size } = shape;
    throw new GridError(
      `Reading a ${size}x${size} grid: wanted 1 to ${size}, or ${[...emptySigns].join(" ")} ` +
        `for an empty cell; found ${JSON.stringify(sign)} in row ` +
        `${Math.floor(cell / size) + 1}, column ${cell % size + 1} (${cellName(shape, cell)}).`,
    );
  });
}

/**
 * Returns the part of the error message that lists characters which do not stand for a cell. Such
 * characters are the usual reason for a wrong number of cells.
 */
function describeStrangers(cells: string): string {
  const strangers = new Set(
    [...cells].filter((sign) => !`123456789${emptySigns}`.includes(sign)),
  );
  if (strangers.size === 0) return "";
  const shown = [...strangers].slice(0, 5).map((sign) => JSON.stringify(sign));
  return `, among them ${shown.join(", ")}`;
}
