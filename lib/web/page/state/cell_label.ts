/** Creates the names of cells for screen readers. */
import { digitsIn } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";
import type { CellView } from "./cell_views.ts";

/** Returns the name of a cell for screen readers, such as "row 1, column 2, empty, notes 3 5". */
export function cellLabel(facts: CellView, size: number, { board }: Texts): string {
  const { cell, digit, centre, corner, colours } = facts;
  const list = (mask: number) => digitsIn(mask).join(" ");
  const colors = digitsIn(colours).map((color) => board.colors[color - 1]).join(", ");
  return [
    board.place(Math.floor(cell / size) + 1, cell % size + 1),
    digit === 0 ? board.empty : facts.isGiven ? board.given(digit) : String(digit),
    centre > 0 && board.notes(list(centre)),
    corner > 0 && board.corner(list(corner)),
    colours > 0 && board.colored(colors),
    facts.isConflict && board.conflict,
    facts.isMistake && board.mistake,
  ].filter(Boolean).join(", ");
}
