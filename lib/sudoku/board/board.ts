/**
 * Represents the board as a human solver sees it: the digits, the notes, and the places that each
 * digit can still take in each unit.
 *
 * Candidates are stored twice: by cell and by unit. So it takes a single look-up to find out which
 * digits a cell can hold, or where in a unit a digit can go. When a candidate is removed, both
 * copies are updated.
 */
import { bitsOf } from "./bits.ts";
import type { Grid } from "./grid.ts";
import { perSize, type Shape } from "./shape.ts";

/** Tables for a shape. They are computed in advance, because searches use them all the time. */
interface Tables {
  /**
   * The entry at 3 · cell + kind is the cell's position in its row (kind 0), column (1) or box (2).
   */
  readonly positions: Uint8Array;
  /**
   * The entry at 3 · cell + kind is the index at which the entries for that row, column or box
   * start in {@linkcode Board.places}.
   */
  readonly firstPlaces: Uint8Array;
  /** The entry at cellCount · a + b is 1 if a and b are different cells that share a unit. */
  readonly sees: Uint8Array;
}

const tables = perSize(buildTables);

/**
 * Stores the digits and candidates of a grid, which solving steps change. The arrays may be read
 * freely, but must be changed only through the methods.
 */
export class Board {
  /** For each cell: its digit, or 0 if the cell is empty. */
  readonly values: Uint8Array;
  /** For each cell: the mask of its candidates, or 0 if the cell holds a digit. */
  readonly candidates: Uint16Array;
  /**
   * The entry at size · unit + digit − 1 tells where in the unit the digit can still go, as a mask
   * of positions.
   */
  readonly places: Uint16Array;
  /** The number of empty cells in each unit. */
  readonly emptyIn: Uint8Array;
  /** The entry at cellCount · a + b is 1 if a and b are different cells that share a unit. */
  readonly sees: Uint8Array;
  /** The number of empty cells. */
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

  /** Returns a board with all candidates that the digits of a grid allow. */
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
   * Returns a board that has a player's notes as its candidates.
   *
   * @param notes the digits noted in each cell, as a mask; ignored for cells that hold a digit
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

  /** Copies the content of a board of the same shape into this one. */
  become(other: Board): void {
    this.values.set(other.values);
    this.candidates.set(other.candidates);
    this.places.set(other.places);
    this.emptyIn.set(other.emptyIn);
    this.empty = other.empty;
  }

  /**
   * Writes a digit into an empty cell, and removes the digit from the candidates of the cell's
   * peers.
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

  /**
   * Removes all digits in a mask from the candidates of a cell. Digits that are not candidates
   * there are ignored.
   */
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

  /** Returns where in a unit a digit can still go, as a mask of positions. */
  placesOf(unit: number, digit: number): number {
    return this.places[unit * this.shape.size + digit - 1];
  }

  /** Returns the cells that are in the given positions of a unit; `positions` is a mask. */
  cellsAt(unit: number, positions: number): readonly number[] {
    return Array.from(
      bitsOf[positions],
      (position) => this.shape.units[unit][position],
    );
  }

  /** Returns the position of a cell in its row (kind 0), column (1) or box (2). */
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
