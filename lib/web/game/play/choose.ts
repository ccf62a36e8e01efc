import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import type { Action, Direction } from "./action.ts";
import { changed, type Position } from "./position.ts";

type Select = Extract<Action, { type: "select" }>;

/** Changes which cells are selected. The last of the given cells gets the cursor. */
export function select(position: Position, { cells, how }: Select, size: Size): Position {
  const valid = cells.filter((cell) => Number.isInteger(cell) && cell >= 0 && cell < size * size);
  const chosen = new Set(how === "replace" ? [] : position.selection);
  for (const cell of new Set(valid)) {
    if (how === "remove" || (how === "toggle" && chosen.has(cell))) chosen.delete(cell);
    else chosen.add(cell);
  }
  return changed(position, {
    selection: inOrder(chosen),
    cursor: valid.at(-1) ?? position.cursor,
  });
}

/**
 * Moves the cursor and selects the cell under it. If `extend` is true, then the previous selection
 * is kept too.
 */
export function move(
  position: Position,
  { to, extend = false }: { readonly to: Direction; readonly extend?: boolean },
  size: Size,
): Position {
  const cursor = targetOf(position.cursor, to, size);
  const kept = extend ? position.selection : [];
  return changed(position, { cursor, selection: inOrder(new Set([...kept, cursor])) });
}

function inOrder(cells: ReadonlySet<number>): readonly number[] {
  return [...cells].sort((a, b) => a - b);
}

function targetOf(cursor: number, to: Direction, size: Size): number {
  const [row, column, last] = [Math.floor(cursor / size), cursor % size, size - 1];
  const { cellCount } = shapeOf(size);
  switch (to) {
    case "up":
      return row > 0 ? cursor - size : cursor;
    case "down":
      return row < last ? cursor + size : cursor;
    case "left":
      return column > 0 ? cursor - 1 : cursor;
    case "right":
      return column < last ? cursor + 1 : cursor;
    case "row start":
      return row * size;
    case "row end":
      return row * size + last;
    case "first":
      return 0;
    case "last":
      return cellCount - 1;
  }
}
