/**
 * Describes the content and name of each cell, in the form that the board and a screen reader need.
 */
import { conflictsOf, type Game, isFinished, mistakesOf, notesOf } from "../../game/mod.ts";
import { shapeOf } from "../../../sudoku/mod.ts";
import type { Texts } from "../texts.ts";
import { cellLabel, type NamedCell } from "./cell_label.ts";
import type { Settings } from "../../game/mod.ts";

/**
 * The view of one cell. All parts are plain values, so an unchanged cell is easily recognized and
 * not drawn again.
 */
export interface CellView {
  readonly cell: number;
  /** The digit; 0 if the cell is empty. */
  readonly digit: number;
  readonly isGiven: boolean;
  readonly isSelected: boolean;
  readonly hasCursor: boolean;
  readonly isWrong: boolean;
  /** Masks of the notes to show. */
  readonly centre: number;
  readonly corner: number;
  /** The mask of notes that a visible digit rules out. */
  readonly clashing: number;
  /** The digit to highlight, also among the notes; 0 for none. */
  readonly lit: number;
  /** The mask of the cell's colours. */
  readonly colours: number;
  /** The names of the CSS classes. */
  readonly names: string;
  /** The name for a screen reader. */
  readonly label: string;
}

/** Returns the views of all cells, row by row. */
export function cellViews(game: Game, settings: Settings, texts: Texts): readonly CellView[] {
  const { position, puzzle } = game;
  const { values, selection, cursor } = position;
  const shape = shapeOf(puzzle.size);
  const centre = notesOf(position, puzzle.size);
  const chosen = new Set(selection);
  const only = selection.length === 1 ? selection[0] : undefined;
  const lit = position.highlight ||
    (only === undefined || !settings.highlightSame ? 0 : values[only]);
  const inConflict = new Set(
    settings.showConflicts ? conflictsOf(game).flatMap((c) => c.cells) : [],
  );
  const mistaken = new Set(settings.showMistakes ? mistakesOf(game) : []);
  const shaded = new Set(
    only !== undefined && !isFinished(game) ? shape.peers[only] : [],
  );
  return values.map((digit, cell) => {
    const seen = settings.showConflicts ? valuesSeenFrom(shape.peers[cell], values) : 0;
    const facts = {
      cell,
      digit,
      isGiven: puzzle.givens[cell] > 0,
      isSelected: chosen.has(cell),
      hasCursor: cursor === cell,
      centre: centre[cell],
      corner: digit > 0 ? 0 : position.corner[cell],
      clashing: digit > 0 ? 0 : (centre[cell] | position.corner[cell]) & seen,
      colours: position.colours[cell],
      isConflict: inConflict.has(cell),
      isMistake: mistaken.has(cell),
    };
    return {
      ...facts,
      lit,
      isWrong: facts.isConflict || facts.isMistake,
      names: namesOf(facts, {
        isPeer: shaded.has(cell),
        isSame: lit > 0 && digit === lit,
        ...edges(cell, shape),
      }),
      label: cellLabel(facts, puzzle.size, texts),
    };
  });
}

interface Facts extends NamedCell {
  readonly isSelected: boolean;
}

interface Shown {
  readonly isPeer: boolean;
  readonly isSame: boolean;
  readonly boxRight: boolean;
  readonly boxBottom: boolean;
  readonly lastColumn: boolean;
  readonly lastRow: boolean;
}

function valuesSeenFrom(peers: Uint8Array, values: readonly number[]): number {
  return peers.reduce((mask, peer) => values[peer] > 0 ? mask | 1 << values[peer] - 1 : mask, 0);
}

function edges(
  cell: number,
  { size, boxWidth, boxHeight }: { size: number; boxWidth: number; boxHeight: number },
) {
  const [row, column] = [Math.floor(cell / size) + 1, cell % size + 1];
  return {
    boxRight: column % boxWidth === 0,
    boxBottom: row % boxHeight === 0,
    lastColumn: column === size,
    lastRow: row === size,
  };
}

function namesOf(facts: Facts, shown: Shown): string {
  const names: Record<string, boolean> = {
    given: facts.isGiven,
    entered: !facts.isGiven,
    selected: facts.isSelected,
    colored: facts.colours > 0,
    conflict: facts.isConflict,
    mistake: facts.isMistake && !facts.isConflict,
    peer: shown.isPeer,
    same: shown.isSame,
    "box-right": shown.boxRight,
    "box-bottom": shown.boxBottom,
    "last-column": shown.lastColumn,
    "last-row": shown.lastRow,
  };
  return ["cell", ...Object.keys(names).filter((name) => names[name])].join(" ");
}
