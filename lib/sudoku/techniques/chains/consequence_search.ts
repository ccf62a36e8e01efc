/**
 * Finds everything that follows from one claim. A static search uses only the links of the
 * unchanged board. If a dynamic search finds that a candidate is off, it removes this candidate
 * from a copy of the board, which can create new links. If a claim follows through a new link, then
 * the claim is also based on the removals that created this link.
 *
 * The search follows claims in the same order as Sudoku Explainer, so that the chains have the same
 * lengths. Among the claims that it has not followed yet, the search next follows the oldest one
 * that says that a candidate is on, if there is one. Otherwise, the search follows the oldest claim
 * which says that a candidate is off.
 */
import { bitCount, bitsOf, lowestBit } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import { claimOf } from "./claims.ts";
import { type Consequences, noConsequences } from "./consequences.ts";

/** Options for {@linkcode ConsequenceSearch}. */
export interface ConsequenceOptions {
  readonly isDynamic: boolean;
  /** Whether to use the links between the candidates of a cell. */
  readonly inCells: boolean;
}

/**
 * Finds the consequences of claims on one board. The board must not change while the search is in
 * use.
 */
export class ConsequenceSearch {
  readonly #board: Board;
  /**
   * A copy of the board. A dynamic search removes candidates from this copy when it finds that they
   * are off.
   */
  readonly #work: Board;
  readonly #options: ConsequenceOptions;
  #found: Consequences;
  #on: number[] = [];
  #off: number[] = [];

  constructor(board: Board, options: ConsequenceOptions) {
    this.#board = board;
    this.#work = board.copy();
    this.#options = options;
    this.#found = noConsequences(board);
  }

  /** Returns the consequences of a claim. The search stops at the first contradiction. */
  from(assumption: number): Consequences {
    this.#found = noConsequences(this.#board);
    [this.#on, this.#off] = [[], []];
    this.#work.become(this.#board);
    this.#add(assumption >> 1, (assumption & 1) === 1, -1, -1);
    let [nextOn, nextOff] = [0, 0];
    while (!this.#found.contradiction) {
      if (nextOn < this.#on.length) this.#followOn(this.#on[nextOn++]);
      else if (nextOff < this.#off.length) {
        this.#followOff(this.#off[nextOff++]);
      } else break;
    }
    return this.#found;
  }

  /**
   * Adds the direct consequences of a claim that a candidate is on. The other candidates
   * of the cell are off if links within cells are used. The same digit is off in all other cells of
   * the cell's units.
   */
  #followOn(entry: number): void {
    const { shape, candidates } = this.#work;
    const { size, peers, unitsOf } = shape;
    const candidate = this.#found.claims[entry] >> 1;
    const cell = Math.floor(candidate / size);
    const bit = candidate % size;
    if (this.#options.inCells) {
      for (const other of bitsOf[candidates[cell] & ~(1 << bit)]) {
        if (!this.#add(cell * size + other, false, entry, -1)) return;
      }
    }
    for (const peer of peers[cell]) {
      if (!(candidates[peer] >> bit & 1)) continue;
      const unit = sharedUnit(unitsOf[cell], unitsOf[peer]);
      if (!this.#add(peer * size + bit, false, entry, unit)) return;
    }
  }

  /**
   * Adds the direct consequences of a claim that a candidate is off. If the cell has only
   * one candidate left and links within cells are used, then this candidate is on. If the digit has
   * only one place left in a unit of the cell, then the digit is on in this place.
   */
  #followOff(entry: number): void {
    const { shape, candidates, places } = this.#work;
    const { size, units, unitsOf } = shape;
    const candidate = this.#found.claims[entry] >> 1;
    const cell = Math.floor(candidate / size);
    const bit = candidate % size;
    const others = candidates[cell] & ~(1 << bit);
    if (this.#options.inCells && bitCount[others] === 1) {
      const struck = this.#struckInCell(cell);
      if (
        !this.#add(cell * size + lowestBit(others), true, entry, -1, struck)
      ) {
        return;
      }
    }
    for (let kind = 0; kind < 3; kind++) {
      const unit = unitsOf[cell][kind];
      const left = places[unit * size + bit] &
        ~(1 << this.#work.positionIn(cell, kind));
      if (bitCount[left] !== 1) continue;
      const target = units[unit][lowestBit(left)] * size + bit;
      const struck = this.#struckInUnit(unit, bit);
      if (!this.#add(target, true, entry, unit, struck)) return;
    }
    if (this.#options.isDynamic) this.#work.remove(cell, 1 << bit);
  }

  /**
   * For each candidate that has been removed from the cell so far, returns the entry of the claim
   * that this candidate is off.
   */
  #struckInCell(cell: number): readonly number[] {
    const { size } = this.#board.shape;
    const struck = this.#board.candidates[cell] & ~this.#work.candidates[cell];
    if (struck === 0) return none;
    return Array.from(
      bitsOf[struck],
      (bit) => this.#found.entryOf[claimOf(cell * size + bit, false)],
    );
  }

  /**
   * Returns one entry for each place in the unit from which the digit has been removed so far: the
   * entry of the claim that the digit is off in this place.
   */
  #struckInUnit(unit: number, bit: number): readonly number[] {
    const { size, units } = this.#board.shape;
    const index = unit * size + bit;
    const struck = this.#board.places[index] & ~this.#work.places[index];
    if (struck === 0) return none;
    return Array.from(
      bitsOf[struck],
      (position) => this.#found.entryOf[claimOf(units[unit][position] * size + bit, false)],
    );
  }

  /** Adds a claim if it is not known yet. Returns false if the claim contradicts a known claim. */
  #add(
    candidate: number,
    on: boolean,
    because: number,
    via: number,
    struck = none,
  ): boolean {
    const { claims, entryOf, atLeast } = this.#found;
    const claim = claimOf(candidate, on);
    if (entryOf[claim] >= 0) return true;
    const entry = claims.length;
    claims.push(claim);
    this.#found.because.push(because);
    this.#found.struck.push(struck);
    this.#found.via.push(via);
    this.#found.counts.push(0);
    atLeast.push(because < 0 ? 1 : atLeast[because] + 1);
    const opposite = entryOf[claim ^ 1];
    if (opposite >= 0) {
      this.#found.contradiction = on ? [entry, opposite] : [opposite, entry];
      return false;
    }
    entryOf[claim] = entry;
    (on ? this.#on : this.#off).push(entry);
    return true;
  }
}

const none: readonly number[] = [];

function sharedUnit(first: Uint8Array, second: Uint8Array): number {
  if (first[2] === second[2]) return first[2];
  return first[0] === second[0] ? first[0] : first[1];
}
