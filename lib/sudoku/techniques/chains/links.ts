/**
 * The links between claims on a board as it stands. Weak: if a candidate is on, the others of its cell and of its digit
 * in its units are off. Strong: if a candidate is off, the only other one of its cell, or of its digit in a unit, is on.
 */
import { bitCount, bitsOf, lowestBit } from "../../bits.ts";
import type { Board } from "../../board.ts";

/** Which links a search may use: those between digits of a cell (Y), those of one digit in units (X), or both. */
export interface LinkKinds {
  readonly inCells: boolean;
  readonly inUnits: boolean;
}

/** Lists of linked candidates, one after the other in one array. */
export class Links {
  /** Every candidate on the board. */
  readonly candidates: readonly number[];
  readonly #weak: LinkLists;
  readonly #strong: LinkLists;

  constructor(board: Board) {
    const { cellCount, size } = board.shape;
    this.#weak = new LinkLists(cellCount * size);
    this.#strong = new LinkLists(cellCount * size);
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

  /** Candidates that are off when this one is on. With cell links off, only those of the same digit. */
  weak(candidate: number, inCells: boolean): Int16Array {
    return this.#weak.of(candidate, inCells, true);
  }

  /** Candidates that are on when this one is off. */
  strong(candidate: number, { inCells, inUnits }: LinkKinds): Int16Array {
    return this.#strong.of(candidate, inCells, inUnits);
  }

  #addCell({ candidates, shape }: Board, cell: number, bit: number): void {
    const candidate = cell * shape.size + bit;
    const others = candidates[cell] & ~(1 << bit);
    this.#weak.start(candidate);
    for (const other of bitsOf[others]) {
      this.#weak.add(cell * shape.size + other);
    }
    this.#strong.start(candidate);
    if (bitCount[others] === 1) {
      this.#strong.add(cell * shape.size + lowestBit(others));
    }
  }

  #addUnits(
    { candidates, places, shape }: Board,
    cell: number,
    bit: number,
  ): void {
    const { size, units, unitsOf, peers } = shape;
    const candidate = cell * size + bit;
    this.#weak.startUnits(candidate);
    for (const peer of peers[cell]) {
      if (candidates[peer] >> bit & 1) this.#weak.add(peer * size + bit);
    }
    this.#weak.end(candidate);
    this.#strong.startUnits(candidate);
    for (const unit of unitsOf[cell]) {
      const positions = places[unit * size + bit];
      if (bitCount[positions] !== 2) continue;
      const [first, second] = bitsOf[positions];
      const other = units[unit][first] === cell ? second : first;
      this.#strong.add(units[unit][other] * size + bit);
    }
    this.#strong.end(candidate);
  }
}

/** By candidate: linked candidates in its cell, then those in its units. */
class LinkLists {
  #targets = new Int16Array(1024);
  #length = 0;
  readonly #starts: Int32Array;
  readonly #units: Int32Array;
  readonly #ends: Int32Array;

  constructor(count: number) {
    this.#starts = new Int32Array(count);
    this.#units = new Int32Array(count);
    this.#ends = new Int32Array(count);
  }

  start(candidate: number): void {
    this.#starts[candidate] = this.#length;
  }

  startUnits(candidate: number): void {
    this.#units[candidate] = this.#length;
  }

  end(candidate: number): void {
    this.#ends[candidate] = this.#length;
  }

  add(target: number): void {
    if (this.#length === this.#targets.length) {
      const larger = new Int16Array(this.#length * 2);
      larger.set(this.#targets);
      this.#targets = larger;
    }
    this.#targets[this.#length++] = target;
  }

  of(candidate: number, inCells: boolean, inUnits: boolean): Int16Array {
    const start = inCells ? this.#starts : this.#units;
    const end = inUnits ? this.#ends : this.#units;
    return this.#targets.subarray(start[candidate], end[candidate]);
  }
}
