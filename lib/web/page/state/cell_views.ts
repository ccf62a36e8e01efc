/**
 * Describes the content of each cell as plain values. After most keys only a few cells differ, so
 * the board compares these values and draws only those cells again.
 */
import {
  candidatesInGame,
  conflictsOf,
  type Game,
  isFinished,
  mistakesOf,
  notesOf,
  type Settings,
} from "../../game/mod.ts";
import { shapeOf } from "../../../sudoku/mod.ts";

/** The view of one cell. Sets of digits and colours are masks. */
export interface CellView {
  readonly cell: number;
  /** The digit; 0 if the cell is empty. */
  readonly digit: number;
  readonly isGiven: boolean;
  readonly isSelected: boolean;
  readonly hasCursor: boolean;
  readonly isConflict: boolean;
  readonly isMistake: boolean;
  /** True if the cell shares a unit with the only selected cell. */
  readonly isPeer: boolean;
  /** The notes to show. */
  readonly centre: number;
  readonly corner: number;
  /** The notes that a visible digit rules out. */
  readonly clashing: number;
  /** The highlighted digit if the cell has it, also as a note; otherwise 0. */
  readonly lit: number;
  readonly colours: number;
}

/** Returns the views of all cells, row by row. */
export function cellViews(game: Game, settings: Settings): readonly CellView[] {
  const { position, puzzle } = game;
  const { values, selection, cursor } = position;
  const { peers } = shapeOf(puzzle.size);
  const centre = notesOf(position, puzzle.size);
  const candidates = candidatesInGame(values, puzzle.size);
  const chosen = new Set(selection);
  const only = selection.length === 1 ? selection[0] : undefined;
  const lit = position.highlight ||
    (only === undefined || !settings.highlightSame ? 0 : values[only]);
  const inConflict = new Set(
    settings.showConflicts ? conflictsOf(game).flatMap((c) => c.cells) : [],
  );
  const mistaken = new Set(settings.showMistakes ? mistakesOf(game) : []);
  const shaded = new Set(only !== undefined && !isFinished(game) ? peers[only] : []);
  return values.map((digit, cell) => {
    const corner = digit > 0 ? 0 : position.corner[cell];
    const notes = centre[cell] | corner;
    const isLit = digit > 0 ? digit === lit : (notes >> lit - 1 & 1) === 1;
    return {
      cell,
      digit,
      isGiven: puzzle.givens[cell] > 0,
      isSelected: chosen.has(cell),
      hasCursor: cursor === cell,
      isConflict: inConflict.has(cell),
      isMistake: mistaken.has(cell),
      isPeer: shaded.has(cell),
      centre: centre[cell],
      corner,
      clashing: settings.showConflicts ? notes & ~candidates[cell] : 0,
      lit: lit > 0 && isLit ? lit : 0,
      colours: position.colours[cell],
    };
  });
}

/** Returns whether two views of a cell are equal. */
export function isSameView(a: CellView, b: CellView): boolean {
  for (const name in a) {
    if (a[name as keyof CellView] !== b[name as keyof CellView]) return false;
  }
  return true;
}
