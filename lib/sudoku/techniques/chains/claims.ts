/**
 * Claims: "this cell holds this digit" (on) or "it does not" (off), numbered to index arrays. Also
 * Sudoku Explainer's surcharge for the length of chains.
 */

/**
 * Returns the number of a claim: twice the number of its candidate (cell times size plus digit
 * minus one), plus one if it is on.
 */
export function claimOf(candidate: number, on: boolean): number {
  return candidate * 2 + (on ? 1 : 0);
}

/**
 * Returns the tenths added to a rating for chains with this many claims in all (Sudoku Explainer:
 * above 4, 6, 8, 12, 16, 24, 32 … claims between the ends).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals([6, 7, 9, 11, 15].map(lengthTenths), [0, 1, 2, 3, 4]);
 * ```
 */
export function lengthTenths(claims: number): number {
  let limit = 4;
  let tenths = 0;
  while (claims - 2 > limit) {
    limit = tenths % 2 === 0 ? limit * 3 / 2 : limit * 4 / 3;
    tenths++;
  }
  return tenths;
}
