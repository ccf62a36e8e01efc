/**
 * Defines a board with digits and candidates, which change with each step towards the solution.
 *
 * Candidates are stored twice, by cell and by unit. A single lookup is therefore enough to find the
 * digits that a cell can hold, or the places in a unit where a digit can go.
 */
import { bitsOf } from "./bits.ts";
import type { Grid } from "./grid.ts";
import { perSize, type Shape } from "./shape.ts";

interface Tables {
  /**
   * The entry at index `3 * cell + kind` is the position of the cell in its row (kind 0), column
   * (kind 1) or box (kind 2).
   */
  readonly positions: Uint8Array;
  /**
   * The entry at index `3 * cell + kind` belongs to the cell's row (kind 0), column (kind 1) or box
   * (kind 2). Each entry is the index in {@linkcode Board.places} at which the unit's entries
   * begin.
   */
  readonly firstPlaces: Uint8Array;
  /**
   * The entry at index `cellCount * a + b` is 1 if `a` and `b` are different cells that share a
   * unit. Otherwise, the entry is 0.
   */
  readonly sees: Uint8Array;
}

const tables = perSize(buildTables);

/**
 * The digits and candidates of a grid. You may read the arrays directly, but you must use the
 * methods to change them.
 */
export class Board {
  /** The digit in each cell, or 0 if the cell is empty. */
  readonly values: Uint8Array;
  /** The candidates of each cell as a mask, or 0 if the cell holds a digit. */
  readonly candidates: Uint16Array;
  /**
   * The entry at index `size * unit + digit - 1` is a mask of the positions in the unit where the
   * digit can go.
   */
  readonly places: Uint16Array;
  /** The number of empty cells in each unit. */
  readonly emptyIn: Uint8Array;
  /**
   * The entry at index `cellCount * a + b` is 1 if `a` and `b` are different cells that share a
   * unit. Otherwise, the entry is 0.
   */
  readonly sees: Uint8Array;
  /** The number of empty cells on the board. */
  empty: number;
  readonly #positions: Uint8Array;
  readonly #firstPlaces: Uint8Array;

  private constructor(readonly shape: Shape, from?: Board) {
    const { cellCount, size, units } = shape;
    this.values = from?.values.slice() ?? new Uint8Array(cellCount);
    this.candidates = from?.candidates.slice() ?? new Uint16Array(cellCount);
    this.places = from?.places.slice() ??
      new Uint16Array(units.length * size);
    this.emptyIn = from?.emptyIn.slice() ??
      new Uint8Array(units.length).fill(size);
    this.empty = from?.empty ?? cellCount;
    this.sees = tables[size].sees;
    this.#positions = tables[size].positions;
    this.#firstPlaces = tables[size].firstPlaces;
  }

  /** Returns a board whose empty cells have all the candidates that the grid's digits allow. */
  static of({ shape, values }: Grid): Board {
    const board = new Board(shape);
    const all = (1 << shape.size) - 1;
    board.candidates.fill(all);
    board.places.fill(all);
    for (let cell = 0; cell < values.length; cell++) {
      if (values[cell] > 0) board.place(cell, values[cell]);
    }
    return board;
  }

  /**
   * Returns a board whose candidates are a player's notes. A note is dropped if it contradicts a
   * digit of the grid.
   *
   * @param notes for each cell, a mask of the digits in its notes; ignored if the cell holds a
   * digit
   */
  static withNotes(grid: Grid, notes: ArrayLike<number>): Board {
    const board = Board.of(grid);
    for (let cell = 0; cell < grid.values.length; cell++) {
      if (grid.values[cell] === 0) {
        board.remove(cell, board.candidates[cell] & ~notes[cell]);
      }
    }
    return board;
  }

  /** Returns a copy of this board. */
  copy(): Board {
    return new Board(this.shape, this);
  }

  /** Copies the content of another board into this board. Both boards must have the same shape. */
  become(other: Board): void {
    this.values.set(other.values);
    this.candidates.set(other.candidates);
    this.places.set(other.places);
    this.emptyIn.set(other.emptyIn);
    this.empty = other.empty;
  }

  /**
   * Writes a digit into an empty cell. Removes the digit from the candidates of all cells that
   * share a unit with the cell.
   */
  place(cell: number, digit: number): void {
    this.remove(cell, this.candidates[cell]);
    this.values[cell] = digit;
    this.empty--;
    const { unitsOf, peers } = this.shape;
    for (let kind = 0; kind < 3; kind++) this.emptyIn[unitsOf[cell][kind]]--;
    const bit = 1 << (digit - 1);
    const seen = peers[cell];
    for (let index = 0; index < seen.length; index++) {
      if (this.candidates[seen[index]] & bit) this.remove(seen[index], bit);
    }
  }

  /** Removes the digits in a mask from the candidates of a cell. */
  remove(cell: number, digits: number): void {
    const gone = this.candidates[cell] & digits;
    this.candidates[cell] &= ~gone;
    for (let kind = cell * 3; kind < cell * 3 + 3; kind++) {
      const keep = ~(1 << this.#positions[kind]);
      const first = this.#firstPlaces[kind];
      for (let rest = gone; rest; rest &= rest - 1) {
        this.places[first + 31 - Math.clz32(rest & -rest)] &= keep;
      }
    }
  }

  /** Returns a mask of the positions in a unit where a digit can go. */
  placesOf(unit: number, digit: number): number {
    return this.places[unit * this.shape.size + digit - 1];
  }

  /** Returns the cells of a unit at the positions in a mask. */
  cellsAt(unit: number, positions: number): readonly number[] {
    return Array.from(
      bitsOf[positions],
      (position) => this.shape.units[unit][position],
    );
  }

  /** Returns the position of a cell in its row (kind 0), column (kind 1) or box (kind 2). */
  positionIn(cell: number, kind: number): number {
    return this.#positions[cell * 3 + kind];
  }
}

function buildTables(shape: Shape): Tables {
  const { cellCount, size, units, unitsOf, peers } = shape;
  const positions = new Uint8Array(cellCount * 3);
  const firstPlaces = new Uint8Array(cellCount * 3);
  const sees = new Uint8Array(cellCount * cellCount);
  for (let cell = 0; cell < cellCount; cell++) {
    unitsOf[cell].forEach((unit, kind) => {
      positions[cell * 3 + kind] = units[unit].indexOf(cell);
      firstPlaces[cell * 3 + kind] = unit * size;
    });
    for (const peer of peers[cell]) sees[cell * cellCount + peer] = 1;
  }
  return { positions, firstPlaces, sees };
}
