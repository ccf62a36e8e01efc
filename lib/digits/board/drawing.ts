/**
 * Computes the shapes that make up the drawing of a board. The unit of length is a hundredth
 * of a cell's side.
 */
import type { Grid } from "../../sudoku/mod.ts";
import type { DigitTheme } from "../digit_index.ts";
import { inkColours } from "../sheet.ts";
import type { Face } from "./face.ts";

export interface BoardDrawing {
  /** Height and width of the drawing, including its margins. */
  readonly side: number;
  readonly ground: string;
  readonly lines: readonly BoardLine[];
  readonly digits: readonly PlacedDigit[];
  readonly ink: string;
  readonly title: string;
}

/** A line of the board, which is drawn as a thin rectangle. */
export interface BoardLine {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}

/** The picture of a digit, and the square in which it is drawn. */
export interface PlacedDigit {
  readonly digit: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly face: Face;
}

const CELL = 100;
const MARGIN = 45;
/**
 * Side of the square in which a digit's picture is drawn. The picture includes a margin, so the
 * digit itself is about 2/3 as high as the cell.
 */
const PICTURE = 92;
const BOX_LINE = 5;
const CELL_LINE = 1.6;

const colours: Readonly<Record<DigitTheme, Readonly<Record<"ground" | "box" | "cell", string>>>> = {
  light: { ground: "#ffffff", box: "#1b2649", cell: "#9aa1b5" },
  dark: { ground: "#15171e", box: "#d8d2c4", cell: "#5c606c" },
};

export interface DrawingOptions {
  readonly theme: DigitTheme;
  readonly faceOf: (digit: number, row: number) => Face;
}

/** Computes the drawing of a board. */
export function layOutBoard(
  { shape, values }: Grid,
  { theme, faceOf }: DrawingOptions,
): BoardDrawing {
  const { size } = shape;
  const digits = [...values].flatMap((digit, cell) => {
    if (digit === 0) return [];
    const [row, column] = [Math.floor(cell / size), cell % size];
    const inset = MARGIN + (CELL - PICTURE) / 2;
    const place = { x: inset + column * CELL, y: inset + row * CELL, side: PICTURE };
    return [{ digit, ...place, face: faceOf(digit, row) }];
  });
  return {
    side: size * CELL + 2 * MARGIN,
    ground: colours[theme].ground,
    // The lines of boxes come last, so they are drawn on top.
    lines: [...listLines(shape, theme, "cell"), ...listLines(shape, theme, "box")],
    digits,
    ink: `#${Uint8Array.from(inkColours[theme]).toHex()}`,
    title: `Sudoku, ${size} x ${size}, ${digits.length} digits`,
  };
}

function listLines(
  { size, boxHeight, boxWidth }: Grid["shape"],
  theme: DigitTheme,
  kind: "box" | "cell",
): BoardLine[] {
  const colour = colours[theme][kind];
  const thick = kind === "box" ? BOX_LINE : CELL_LINE;
  const length = size * CELL + (kind === "box" ? BOX_LINE : 0);
  const from = MARGIN - (length - size * CELL) / 2;
  const lines: BoardLine[] = [];
  for (let i = 0; i <= size; i++) {
    const at = MARGIN + i * CELL - thick / 2;
    if (kind === (i % boxWidth === 0 ? "box" : "cell")) {
      lines.push({ x: at, y: from, width: thick, height: length, colour });
    }
    if (kind === (i % boxHeight === 0 ? "box" : "cell")) {
      lines.push({ x: from, y: at, width: length, height: thick, colour });
    }
  }
  return lines;
}
