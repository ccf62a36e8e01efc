/**
 * Decides whether to enter a digit as read, or to ask the player which of two digits was meant.
 * This file has no imports.
 */

/** What to do with a digit that was read. */
export type Decision =
  /** Enter the digit. */
  | { readonly kind: "sure"; readonly digit: number; readonly probability: number }
  /** Ask the player which of two digits was meant. The likelier digit comes first. */
  | { readonly kind: "unsure"; readonly digits: readonly [number, number] };

/**
 * The probability from which a handwritten digit is entered without asking. Tested on MNIST's 9,020
 * test digits from 1 to 9, redrawn at random sizes: 98 % reach this probability, and five of them
 * are misread. For all but four of the rest, one of the two digits offered is right.
 */
export const SURE_ENOUGH = 0.95;

export interface DecideOptions {
  /** The largest digit on the board; default 9. */
  readonly most?: number;
  /** The lowest probability for entering without asking; default {@linkcode SURE_ENOUGH}. */
  readonly sure?: number;
}

/**
 * Decides what to do, given the probabilities of 0 to 9. Digits above `most` are never offered.
 *
 * @param probabilities `[10]`, calibrated
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
