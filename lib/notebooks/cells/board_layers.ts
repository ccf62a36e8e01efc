/** Provides the parts that every chart of a board has: the frame, the cells and the lines. */
import { cellName, type Grid } from "../../sudoku/mod.ts";

/**
 * Returns the width and height of a board's chart, together with the setting that hides the chart's
 * border. `cell` is the side length of a cell in pixels.
 */
export function boardFrame({ shape: { size } }: Grid, cell: number) {
  return { width: size * cell, height: size * cell, view: { stroke: null } };
}

/** Returns the x and y channels of a board's chart. Each cell is 1 wide and 1 high. */
export function boardPlace({ shape: { size } }: Grid) {
  const scale = { domain: [0, size], nice: false, zero: false };
  return {
    x: { field: "x", type: "quantitative", axis: null, scale },
    y: { field: "y", type: "quantitative", axis: null, scale: { ...scale, reverse: true } },
  };
}

/** Returns the number, the name, the upper left corner and the centre of each cell. */
export function boardCells({ shape }: Grid) {
  return Array.from({ length: shape.cellCount }, (_, cell) => {
    const [left, top] = [cell % shape.size, Math.floor(cell / shape.size)];
    return { cell, name: cellName(shape, cell), left, top, x: left + 0.5, y: top + 0.5 };
  });
}

/**
 * Returns the layer that draws the backgrounds of the cells. `color` is the channel for the colours
 * of the backgrounds.
 */
export function groundLayer(grid: Grid, values: readonly unknown[], color: unknown) {
  const { x, y } = boardPlace(grid);
  return {
    data: { values },
    mark: { type: "rect", stroke: "#c3c8d6", strokeWidth: 1, tooltip: null },
    encoding: {
      x: { ...x, field: "left" },
      x2: { field: "right" },
      y: { ...y, field: "top" },
      y2: { field: "bottom" },
      color,
    },
  };
}

/** Returns the layers that draw the lines around the boxes. */
export function boardLines(grid: Grid) {
  const { size, boxHeight, boxWidth } = grid.shape;
  const { x, y } = boardPlace(grid);
  const mark = { type: "rule", color: "#1b2649", strokeWidth: 2, strokeCap: "square" };
  const at = (step: number) =>
    Array.from({ length: size / step + 1 }, (_, i) => ({ at: i * step, from: 0, to: size }));
  return [{
    data: { values: at(boxWidth) },
    mark,
    encoding: { x: { ...x, field: "at" }, y: { ...y, field: "from" }, y2: { field: "to" } },
  }, {
    data: { values: at(boxHeight) },
    mark,
    encoding: { y: { ...y, field: "at" }, x: { ...x, field: "from" }, x2: { field: "to" } },
  }];
}
