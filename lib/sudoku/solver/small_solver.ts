/**
 * Solves 4x4 and 6x6 puzzles. The search always fills the cell with the fewest candidates. The
 * boards have at most 36 cells, so nothing would be gained by using bitboards as the fast solver
 * does.
 */
import { bitCount } from "../board/bits.ts";
import type { Shape } from "../board/shape.ts";

/**
 * Solves any number of puzzles of the same size, one after another, and uses the same memory for
 * all of them.
 */
export class SmallSolver {
  readonly #shape: Shape;
  readonly #values: Uint8Array;
  /** For each unit, the set of the digits in the unit, with one bit per digit. */
  readonly #used: Uint16Array;
  readonly #found: readonly [Uint8Array, Uint8Array];
  #solutions = 0;
  #limit = 2;
  #branches = 0;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#values = new Uint8Array(shape.cellCount);
    this.#used = new Uint16Array(shape.units.length);
    this.#found = [
      new Uint8Array(shape.cellCount),
      new Uint8Array(shape.cellCount),
    ];
  }

  /**
   * Counts the solutions of a puzzle, and stops at a limit. The parameters have the same meaning as
   * in {@linkcode FastSolver.count}.
   */
  count(values: Readonly<Uint8Array>, limit: number): number {
    this.#solutions = 0;
    this.#limit = limit;
    this.#branches = 0;
    this.#values.fill(0);
    this.#used.fill(0);
    if (limit > 0 && this.#placeGivens(values)) this.#search();
    return this.#solutions;
  }

  /**
   * Returns the first solution (index 0) or the second solution (index 1) that was found for the
   * last puzzle. Solving the next puzzle overwrites the returned array.
   */
  solution(index: 0 | 1): Readonly<Uint8Array> {
    return this.#found[index];
  }

  /**
   * How many times the solver chose a cell to fill when it last searched a puzzle. A cell with only
   * one possible digit counts too.
   */
  get branches(): number {
    return this.#branches;
  }

  #placeGivens(values: Readonly<Uint8Array>): boolean {
    for (let cell = 0; cell < values.length; cell++) {
      if (values[cell] === 0) continue;
      const bit = 1 << values[cell] - 1;
      if ((this.#candidates(cell) & bit) === 0) return false;
      this.#place(cell, bit, values[cell]);
    }
    return true;
  }

  #search(): void {
    let [cell, fewest, digits] = [-1, Infinity, 0];
    for (let at = 0; at < this.#values.length && fewest > 1; at++) {
      if (this.#values[at] !== 0) continue;
      const candidates = this.#candidates(at);
      const count = bitCount[candidates];
      if (count < fewest) [cell, fewest, digits] = [at, count, candidates];
    }
    if (cell < 0) return this.#keep();
    this.#branches++;
    while (digits !== 0 && this.#solutions < this.#limit) {
      const bit = digits & -digits;
      digits ^= bit;
      this.#place(cell, bit, 32 - Math.clz32(bit));
      this.#search();
      this.#place(cell, bit, 0);
    }
  }

  #candidates(cell: number): number {
    const [row, column, box] = this.#shape.unitsOf[cell];
    const used = this.#used[row] | this.#used[column] | this.#used[box];
    return ~used & (1 << this.#shape.size) - 1;
  }

  /** Writes a digit into a cell, or erases it if `value` is 0. */
  #place(cell: number, bit: number, value: number): void {
    this.#values[cell] = value;
    for (const unit of this.#shape.unitsOf[cell]) this.#used[unit] ^= bit;
  }

  #keep(): void {
    if (this.#solutions < 2) {
      this.#found[this.#solutions].set(this.#values);
    }
    this.#solutions++;
  }
}
