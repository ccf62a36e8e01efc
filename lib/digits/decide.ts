/**
 * Decides what to do with a digit that was read: enter it, or ask which of two it is. Has no
 * imports.
 */

/** The result of a reading. */
export type Decision =
  /** Enter it. */
  | { readonly kind: "sure"; readonly digit: number; readonly probability: number }
  /** Ask, with the likeliest digit first. */
  | { readonly kind: "unsure"; readonly digits: readonly [number, number] };

/**
 * The probability from which a handwritten digit is entered without asking. Of MNIST's 9,020 test
 * digits from 1 to 9, redrawn at random sizes, 98 % are read as surely, five of these wrongly; of the
 * others all but four are among the two that are offered.
 */
export const SURE = 0.95;

export interface DecideOptions {
  /** The board's digits are 1 to this number; default 9. */
  readonly most?: number;
  /** Default {@linkcode SURE}. */
  readonly sure?: number;
}

/**
 * Decides from the probabilities of the digits 0 to 9. A digit that the board does not have is
 * never offered, and if it is the likeliest, nothing is entered without asking.
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
  { most = 9, sure = SURE }: DecideOptions = {},
): Decision {
  const digits = Array.from({ length: most }, (_, i) => i + 1)
    .sort((a, b) => probabilities[b] - probabilities[a]);
  const [first, second] = digits;
  const probability = probabilities[first];
  return probability >= sure
    ? { kind: "sure", digit: first, probability }
    : { kind: "unsure", digits: [first, second] };
}
