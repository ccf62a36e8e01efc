/**
 * Solves 9x9 puzzles quickly.
 *
 * The main part of a state has 27 words, one for each digit and band. Each word is the set of the
 * cells in the band that may hold the digit. Propagation applies naked singles, hidden singles and
 * all locked candidates (see band_propagation.ts). The search then guesses a digit, in a cell with
 * two candidates if there is one (see branching.ts). If no cell has two candidates, then the search
 * applies the rules for strips before it guesses (see band_strips.ts). Without the rules for
 * strips, hostile grids such as Norvig's impossible grid would take seconds.
 */
import { decidedAt, hasBivalue, propagate, wordsInState } from "./band_propagation.ts";
import { excludeByStrips } from "./band_strips.ts";
import { allCells, keptInBand } from "./band_tables.ts";
import { assign, chooseCell, exclude, firstCandidate } from "./branching.ts";

/**
 * The maximum number of levels of a search: one for the puzzle itself, and one for each guess. Each
 * guess fills at least one of the 81 cells.
 */
const MOST_LEVELS = 82;

/**
 * A search that has made more guesses than this is considered unusually long, and applies the rules
 * for strips before each further guess.
 */
const MANY_BRANCHES = 500;

/**
 * The number of guesses after which a search restarts with a different order of choices (Gomes,
 * Selman, Kautz 1998). A search that has already found two solutions does not restart.
 *
 * For about one in a hundred grids with few clues, a search without restarts would get stuck for
 * seconds in a part of the tree that has no solutions. After a restart with a different order of
 * choices, the search hardly ever gets stuck again. Even the hardest puzzles that have only one
 * solution need fewer guesses than this.
 */
const BRANCHES_A_TURN = 2000;
const MOST_TURNS = 8;

const everyDigit = 0x1ff;

/**
 * Solves 9x9 puzzles one after another, and uses the same memory for all puzzles. To solve many
 * puzzles, create one solver and reuse it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const solver = new FastSolver();
 * assertEquals(solver.count(new Uint8Array(81), 1000), 1000);
 * ```
 */
export class FastSolver {
  readonly #state = new Int32Array(wordsInState * MOST_LEVELS);
  readonly #found = [new Uint8Array(81), new Uint8Array(81)];
  #solutions = 0;
  #limit = 2;
  #branches = 0;
  #turn = 0;
  #isLost = false;

  /**
   * Counts the solutions of a puzzle.
   *
   * @param values the digit of each of the 81 cells, or 0 if the cell is empty
   * @param limit the number of solutions at which counting stops. With a limit of 2, a result of 1
   * proves that the solution is unique.
   */
  count(values: Readonly<Uint8Array>, limit: number): number {
    this.#limit = limit;
    this.#branches = 0;
    this.#turn = 0;
    do {
      this.#solutions = 0;
      if (limit <= 0) break;
      this.#isLost = false;
      placeGivens(this.#state, values);
      this.#search(0, everyDigit);
      this.#turn++;
    } while (this.#isLost);
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
   * The number of guesses that the last puzzle took. Unlike the time taken, this number does not
   * depend on the speed of the machine.
   */
  get branches(): number {
    return this.#branches;
  }

  /**
   * Visits the solutions of the state that starts at index `top`, until the limit is reached. In
   * `dirty`, a bit is set for each digit that has lost possible cells since the last propagation.
   */
  #search(top: number, dirty: number): void {
    const state = this.#state;
    for (;;) {
      if (!propagate(state, top, dirty)) return;
      if (isSolved(state, top)) return this.#keep(top);
      if (!hasBivalue(state, top) || this.#branches > MANY_BRANCHES) {
        dirty = excludeByStrips(state, top);
        if (dirty < 0) return;
        if (dirty > 0) continue;
      }
      this.#branches++;
      if (this.#isTimeToTurn()) {
        this.#isLost = true;
        return;
      }
      const cell = chooseCell(state, top, this.#turn);
      const digit = firstCandidate(state, top, cell, this.#turn);
      const next = top + wordsInState;
      for (let word = 0; word < decidedAt + 3; word++) {
        state[next + word] = state[top + word];
      }
      this.#search(next, assign(state, next, cell, digit));
      if (this.#solutions >= this.#limit || this.#isLost) return;
      dirty = exclude(state, top, cell, digit);
    }
  }

  #isTimeToTurn(): boolean {
    return this.#branches > (this.#turn + 1) * BRANCHES_A_TURN &&
      this.#solutions < 2 && this.#turn < MOST_TURNS;
  }

  #keep(top: number): void {
    if (this.#solutions < 2) {
      readDigits(this.#state, top, this.#found[this.#solutions]);
    }
    this.#solutions++;
  }
}

function placeGivens(state: Int32Array, values: Readonly<Uint8Array>): void {
  state.fill(0, 0, decidedAt + 3);
  for (let cell = 0; cell < 81; cell++) {
    const value = values[cell];
    if (value === 0) continue;
    const band = cell < 27 ? 0 : cell < 54 ? 1 : 2;
    state[3 * value - 3 + band] |= 1 << cell - 27 * band;
    state[decidedAt + band] |= 1 << cell - 27 * band;
  }
  for (let word = 0; word < 27; word++) {
    state[word] |= allCells & ~state[decidedAt + word % 3];
  }
  for (let cell = 0; cell < 81; cell++) {
    const value = values[cell];
    if (value === 0) continue;
    const word = 3 * value - 3;
    state[word] &= keptInBand[3 * cell];
    state[word + 1] &= keptInBand[3 * cell + 1];
    state[word + 2] &= keptInBand[3 * cell + 2];
  }
}

function isSolved(state: Int32Array, top: number): boolean {
  const decided = top + decidedAt;
  return (state[decided] & state[decided + 1] & state[decided + 2]) ===
    allCells;
}

function readDigits(state: Int32Array, top: number, values: Uint8Array): void {
  for (let word = 0; word < 27; word++) {
    const digit = Math.floor(word / 3) + 1;
    const first = 27 * (word % 3);
    let cells = state[top + word];
    while (cells !== 0) {
      const index = 31 - Math.clz32(cells);
      cells ^= 1 << index;
      values[first + index] = digit;
    }
  }
}
