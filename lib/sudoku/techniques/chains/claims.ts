/**
 * Claims: "this cell holds this digit" (on) or "it does not" (off), numbered so that they can index
 * arrays; and what Sudoku Explainer adds to a rating for the length of chains.
 */

/**
 * Number of a candidate: cell times size plus digit less one. A claim is twice that, plus one when
 * it is on.
 */
export function claimOf(candidate: number, on: boolean): number {
  return candidate * 2 + (on ? 1 : 0);
}

/**
 * Tenths added to a rating for chains with so many claims in all (Sudoku Explainer: above 4, 6, 8,
 * 12, 16, 24, 32 … claims between the ends).
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
