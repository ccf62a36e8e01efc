/**
 * Describes what each cell shows, as plain values. Most key presses change only a few cells. The
 * board therefore compares these values, and redraws only the cells that have changed.
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

/** Describes what one cell shows. Each set of digits or colours is a bit mask. */
export interface CellView {
  readonly cell: number;
  /** The digit in the cell, or 0 if the cell is empty. */
  readonly digit: number;
  readonly isGiven: boolean;
  readonly isSelected: boolean;
  readonly hasCursor: boolean;
  readonly isConflict: boolean;
  readonly isMistake: boolean;
  /**
   * Whether this cell is in the same row, column or box as the selected cell. False if several
   * cells are selected.
   */
  readonly isPeer: boolean;
  /** The centre marks to show. */
  readonly centre: number;
  readonly corner: number;
  /** The notes that are impossible because of a digit on the board. */
  readonly clashing: number;
  /**
   * The highlighted digit if the cell contains this digit, either as its value or as a note;
   * otherwise 0.
   */
  readonly lit: number;
  readonly colours: number;
}

/** Returns what each cell shows. The cells are listed row by row. */
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

/** Returns whether two views of the same cell are equal. */
export function isSameView(a: CellView, b: CellView): boolean {
  for (const name in a) {
    if (a[name as keyof CellView] !== b[name as keyof CellView]) return false;
  }
  return true;
}
