/**
 * Assigns numbers to claims, so that the numbers can be used as array indices. A claim is either
 * "this cell holds this digit" (on) or "this cell does not hold this digit" (off). Also computes
 * Sudoku Explainer's surcharge for the length of chains.
 */

/**
 * Returns the number of a claim. It is twice the number of the candidate, plus one if the claim is
 * on. The number of a candidate is size · cell + digit − 1.
 */
export function claimOf(candidate: number, on: boolean): number {
  return candidate * 2 + (on ? 1 : 0);
}

/**
 * Returns the surcharge for chains that have this many claims in all, in tenths. As in Sudoku
 * Explainer, the first and the last claim are not counted. One tenth is added for each of the
 * limits 4, 6, 8, 12, 16, 24, 32 … that the count exceeds.
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
