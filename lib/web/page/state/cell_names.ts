/** Determines the CSS classes of a cell. */
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import type { CellView } from "./cell_views.ts";

/** Returns the CSS classes of a cell, separated by spaces. */
export function cellNames(view: CellView, size: Size): string {
  const { cell, digit, lit, isConflict } = view;
  const { boxWidth, boxHeight } = shapeOf(size);
  const [row, column] = [Math.floor(cell / size) + 1, cell % size + 1];
  return [
    "cell",
    view.isGiven ? "given" : "entered",
    view.isSelected && "selected",
    view.colours > 0 && "colored",
    isConflict && "conflict",
    view.isMistake && !isConflict && "mistake",
    view.isPeer && "peer",
    digit > 0 && digit === lit && "same",
    column % boxWidth === 0 && "box-right",
    row % boxHeight === 0 && "box-bottom",
    column === size && "last-column",
    row === size && "last-row",
  ].filter(Boolean).join(" ");
}
