/**
 * Applies proof by cases to every cell, and to every digit in every unit. In such a proof, a
 * conclusion holds because it follows in each of several cases, one of which must be true.
 */
import { bitCount } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import { candidatesOf, type CaseSearch, offerCommon } from "./cases.ts";
import { claimOf } from "./claims.ts";
import type { Consequences } from "./consequences.ts";

/** A function that returns the consequences of a claim. */
export type Follow = (claim: number) => Consequences;

/**
 * Returns a function that gives the same results as `work`, but computes the result for each claim
 * only once.
 */
export function rememberConsequences(work: Follow): Follow {
  const known = new Map<number, Consequences>();
  return (claim) => {
    let found = known.get(claim);
    if (!found) known.set(claim, found = work(claim));
    return found;
  };
}

/**
 * For each cell with at least `atLeast` candidates, finds the conclusions that follow no matter
 * which candidate of the cell is right, and offers them to the collection of easiest chains.
 */
export function offerCellCases(
  search: CaseSearch,
  follow: Follow,
  atLeast: number,
): void {
  const { board } = search;
  for (let cell = 0; cell < board.shape.cellCount; cell++) {
    if (bitCount[board.candidates[cell]] < atLeast) continue;
    const cases = candidatesOf(board, cell).map((candidate) => follow(claimOf(candidate, true)));
    offerCommon(search, { cell }, cases);
  }
}

/**
 * For each digit in each unit, finds the conclusions that follow no matter which place in the unit
 * holds the digit, and offers them to the collection of easiest chains.
 */
export function offerUnitCases(search: CaseSearch, follow: Follow): void {
  const { board } = search;
  const { size, units } = board.shape;
  for (let unit = 0; unit < units.length; unit++) {
    for (let digit = 1; digit <= size; digit++) {
      const positions = board.placesOf(unit, digit);
      if (bitCount[positions] < 2) continue;
      const cases = board.cellsAt(unit, positions).map((cell) =>
        follow(claimOf(cell * size + digit - 1, true))
      );
      offerCommon(search, { unit, digit }, cases);
    }
  }
}

/**
 * Returns the numbers of all candidates on the board. The number of a candidate is size · cell +
 * digit − 1.
 */
export function allCandidates(board: Board): readonly number[] {
  return Array.from({ length: board.shape.cellCount }, (_, cell) => cell)
    .flatMap((cell) => candidatesOf(board, cell));
}
