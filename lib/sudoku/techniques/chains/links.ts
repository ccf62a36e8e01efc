/**
 * Lists the links between the candidates on a board. A weak link between two candidates says that
 * if one of them is on, then the other one is off. Each candidate has weak links to the other
 * candidates in its cell, and to the other places of its digit in its units. A strong link between
 * two candidates says that if one of them is off, then the other one is on. Two candidates have a
 * strong link if they are the only two candidates in a cell, or the only two places of a digit in a
 * unit.
 */
import { bitCount, bitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";

/**
 * Says which links a search may use. These are the links between the candidates of a cell (Y), the
 * links between the places of one digit in a unit (X), or both.
 */
export interface LinkKinds {
  readonly inCells: boolean;
  readonly inUnits: boolean;
}

/**
 * Stores the links between the candidates on a board. If the board changes, create a new object.
 */
export class Links {
  /** The numbers of all candidates on the board. */
  readonly candidates: readonly number[];
  /** For each candidate, the other candidates that must be off if this candidate is on. */
  readonly weak: LinkLists;
  /** For each candidate, the other candidates that must be on if this candidate is off. */
  readonly strong: LinkLists;

  constructor(board: Board) {
    const { cellCount, size } = board.shape;
    this.weak = new LinkLists(cellCount * size, MOST_WEAK);
    this.strong = new LinkLists(cellCount * size, MOST_STRONG);
    const all: number[] = [];
    for (let cell = 0; cell < cellCount; cell++) {
      for (const bit of bitsOf[board.candidates[cell]]) {
        all.push(cell * size + bit);
        this.#addCell(board, cell, bit);
        this.#addUnits(board, cell, bit);
      }
    }
    this.candidates = all;
  }

  #addCell({ candidates, shape }: Board, cell: number, bit: number): void {
    const candidate = cell * shape.size + bit;
    const others = candidates[cell] & ~(1 << bit);
    this.weak.start(candidate);
    for (const other of bitsOf[others]) {
      this.weak.add(cell * shape.size + other);
    }
    this.strong.start(candidate);
    if (bitCount[others] === 1) {
      this.strong.add(cell * shape.size + lowestBit(others));
    }
  }

  #addUnits(
    { candidates, places, shape }: Board,
    cell: number,
    bit: number,
  ): void {
    const { size, units, unitsOf, peers } = shape;
    const candidate = cell * size + bit;
    this.weak.startUnits(candidate);
    for (const peer of peers[cell]) {
      if (candidates[peer] >> bit & 1) this.weak.add(peer * size + bit);
    }
    this.weak.end(candidate);
    this.strong.startUnits(candidate);
    for (const unit of unitsOf[cell]) {
      const positions = places[unit * size + bit];
      if (bitCount[positions] !== 2) continue;
      const [first, second] = bitsOf[positions];
      const other = units[unit][first] === cell ? second : first;
      this.strong.add(units[unit][other] * size + bit);
    }
    this.strong.end(candidate);
  }
}

// The maximum numbers of weak and strong links that a candidate can have. A candidate can have weak
// links to the eight other candidates in its cell and to its digit in the twenty peers of the cell.
// It can have strong links to one other candidate in its cell and to one candidate in each of its
// three units.
const MOST_WEAK = 28;
const MOST_STRONG = 4;

/**
 * Stores a list of linked candidates for each candidate. A list begins with the candidates in the
 * same cell, and continues with the candidates in the same units. All lists are stored in one
 * array.
 */
class LinkLists {
  readonly targets: Int16Array;
  /**
   * For each candidate, the index in `targets` at which its list starts. `unitStarts` contains the
   * index at which the part for units starts, and `ends` contains the index directly after the last
   * element of the list.
   */
  readonly starts: Int32Array;
  readonly unitStarts: Int32Array;
  readonly ends: Int32Array;
  #length = 0;

  constructor(count: number, most: number) {
    this.targets = new Int16Array(count * most);
    this.starts = new Int32Array(count);
    this.unitStarts = new Int32Array(count);
    this.ends = new Int32Array(count);
  }

  start(candidate: number): void {
    this.starts[candidate] = this.#length;
  }

  startUnits(candidate: number): void {
    this.unitStarts[candidate] = this.#length;
  }

  end(candidate: number): void {
    this.ends[candidate] = this.#length;
  }

  add(target: number): void {
    this.targets[this.#length++] = target;
  }
}
