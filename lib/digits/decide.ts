/**
 * Decides whether to enter a digit as it was read, or to ask the player which of two digits was
 * meant. This file has no imports.
 */

/** Says what to do with a digit that was read. */
export type Decision =
  /** Enter the digit. */
  | { readonly kind: "sure"; readonly digit: number; readonly probability: number }
  /** Ask the player which of two digits was meant; the likelier one comes first. */
  | { readonly kind: "unsure"; readonly digits: readonly [number, number] };

/**
 * A handwritten digit with at least this probability is entered without asking. Of MNIST's 9,020
 * test digits from 1 to 9, redrawn at random sizes, 98 % reach it, but five of these are misread.
 * For each of the rest, the player is offered two digits, and in all but four cases one of these is
 * right.
 */
export const SURE_ENOUGH = 0.95;

export interface DecideOptions {
  /** The largest digit on the board; default 9. */
  readonly most?: number;
  /**
   * The lowest probability at which a digit is entered without asking; default
   * {@linkcode SURE_ENOUGH}.
   */
  readonly sure?: number;
}

/**
 * Decides what to do, given the probabilities of the digits 0 to 9. A digit that the board does not
 * have is never offered, and if such a digit is the likeliest, the player is always asked.
 *
 * @param probabilities `[10]`, calibrated
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const four = [0, 0, 0, 0, 0.97, 0, 0, 0, 0, 0.03];
 * assertEquals(decide(four), { kind: "sure", digit: 4, probability: 0.97 });
 * assertEquals(decide(four, { sure: 0.99 }), { kind: "unsure", digits: [4, 9] });
 * ```
 */
export function decide(
  probabilities: ArrayLike<number>,
  { most = 9, sure = SURE_ENOUGH }: DecideOptions = {},
): Decision {
  const digits = Array.from({ length: most }, (_, i) => i + 1)
    .sort((a, b) => probabilities[b] - probabilities[a]);
  const [first, second] = digits;
  const probability = probabilities[first];
  return probability >= sure
    ? { kind: "sure", digit: first, probability }
    : { kind: "unsure", digits: [first, second] };
}
