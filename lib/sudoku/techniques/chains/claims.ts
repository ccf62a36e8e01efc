/**
 * Assigns numbers to claims, so that a claim can be used as an index into an array. A claim says
 * either "this cell holds this digit" (the candidate is on) or "this cell does not hold this digit"
 * (the candidate is off). This module also computes the amount that Sudoku Explainer adds to a
 * rating for the length of chains.
 */

/**
 * Returns the number of a claim. It is twice the number of the candidate, plus 1 if the claim says
 * that the candidate is on. The number of a candidate is size · cell + digit − 1.
 */
export function claimOf(candidate: number, on: boolean): number {
  return candidate * 2 + (on ? 1 : 0);
}

/**
 * Returns the surcharge for the length of chains, in tenths of a rating point. As in Sudoku
 * Explainer, the length is the number of claims minus 2. The surcharge is 1 for each limit that the
 * length exceeds; the limits are 4, 6, 8, 12, 16, 24, 32, …
 *
 * @param claims total number of claims in all chains of a step
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
