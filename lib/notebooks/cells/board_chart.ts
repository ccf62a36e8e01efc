/**
 * Draws charts of Sudoku boards. Cells can be highlighted and can show notes, and notes can be
 * crossed out.
 */
import type { ChartSpec } from "../../display/charts.ts";
import type { Candidate, Grid } from "../../sudoku/mod.ts";
import { boardCells, boardFrame, boardLines, boardPlace, groundLayer } from "./board_layers.ts";

/** The role of a cell, which determines the cell's colours. */
export type CellLook = "given" | "cause" | "effect" | "differs" | "quiet";

/** A board to draw in a chart. */
export interface ChartedBoard {
  readonly title: string;
  readonly grid: Grid;
  /** The look of each cell, keyed by cell number. A cell without an entry looks plain. */
  readonly looks?: ReadonlyMap<number, CellLook>;
  /**
   * The notes of each cell as a bit mask, in which bit 0 stands for the digit 1. Filled cells show
   * no notes.
   */
  readonly notes?: ArrayLike<number>;
  readonly struck?: readonly Candidate[];
}

export interface BoardChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** Number of boards per row. The default is 4. */
  readonly columns?: number;
  /** Side length of a cell in pixels. The default is 22. */
  readonly cell?: number;
}

/**
 * The colours of the background and of the text for each look. The looks can be told apart even in
 * greyscale.
 */
const looks: Readonly<
  Record<CellLook | "plain", { readonly ground: string; readonly ink: string }>
> = {
  plain: { ground: "#ffffff", ink: "#1b2649" },
  given: { ground: "#eceef3", ink: "#1b2649" },
  cause: { ground: "#cfe4f3", ink: "#003f66" },
  effect: { ground: "#ffd9b8", ink: "#8a3600" },
  differs: { ground: "#e69f00", ink: "#000000" },
  quiet: { ground: "#ffffff", ink: "#9aa1b5" },
};

/** Returns a chart of several boards side by side. */
export function boardChart(
  boards: readonly ChartedBoard[],
  { title, subtitle, columns = 4, cell = 22 }: BoardChartOptions,
): ChartSpec {
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    columns,
    spacing: 24,
    concat: boards.map((board) => ({
      title: { text: board.title, fontSize: 12, fontWeight: "normal", offset: 4 },
      ...boardFrame(board.grid, cell),
      layer: [
        drawGrounds(board),
        ...boardLines(board.grid),
        drawDigits(board, cell),
        ...drawNotes(board, cell),
      ],
    })),
  } as ChartSpec;
}

function drawGrounds({ grid, looks: named }: ChartedBoard) {
  const values = boardCells(grid).map(({ cell, left, top }) => {
    const { ground } = looks[named?.get(cell) ?? "plain"];
    return { left, top, right: left + 1, bottom: top + 1, ground };
  });
  return groundLayer(grid, values, { field: "ground", type: "nominal", scale: null });
}

function drawDigits({ grid, looks: named }: ChartedBoard, cell: number) {
  const values = boardCells(grid).flatMap(({ cell, name, x, y }) => {
    const digit = grid.values[cell];
    const { ink } = looks[named?.get(cell) ?? "plain"];
    return digit === 0 ? [] : [{ name, digit, x, y, ink }];
  });
  return {
    data: { values },
    mark: { type: "text", fontSize: Math.round(cell * 0.6), baseline: "middle", dy: 1 },
    encoding: {
      ...boardPlace(grid),
      text: { field: "digit" },
      color: { field: "ink", type: "nominal", scale: null },
    },
  };
}

function drawNotes({ grid, notes, struck = [] }: ChartedBoard, cell: number) {
  if (!notes) return [];
  const { size, boxHeight, boxWidth } = grid.shape;
  const isStruck = (place: number, digit: number) =>
    struck.some((candidate) => candidate.cell === place && candidate.digit === digit);
  const values = boardCells(grid).flatMap(({ cell, left, top }) =>
    grid.values[cell] > 0 ? [] : digitsUpTo(size)
      .filter((digit) => notes[cell] >> digit - 1 & 1)
      .map((digit) => ({
        digit,
        x: left + ((digit - 1) % boxWidth + 0.5) / boxWidth,
        y: top + (Math.floor((digit - 1) / boxWidth) + 0.5) / boxHeight,
        struck: isStruck(cell, digit),
      }))
  );
  const encoding = {
    ...boardPlace(grid),
    color: {
      condition: { test: "datum.struck", value: "#b30000" },
      value: "#5c606c",
    },
  };
  const crossed = values.filter((note) => note.struck);
  return [
    {
      data: { values },
      mark: { type: "text", fontSize: Math.round(cell * 0.26), baseline: "middle", dy: 1 },
      encoding: { ...encoding, text: { field: "digit" } },
    },
    ...crossed.length === 0 ? [] : [{
      data: { values: crossed },
      mark: { type: "point", shape: "M-1,1L1,-1", size: cell * 2.2, strokeWidth: 1.4 },
      encoding,
    }],
  ];
}

function digitsUpTo(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i + 1);
}
