/**
 * Generates the random numbers for puzzles. A string gives the same numbers on every machine and in
 * every browser, forever.
 *
 * Daily puzzles depend on these numbers, so this file must not change its results. It does not use
 * lib/random.ts, because lib/sudoku imports nothing from other folders. The generator is sfc32
 * (Chris Doty-Humphrey, PractRand), which is seeded with four FNV-1a hashes. It is good enough for
 * shuffling, but not for generating secrets.
 */

/** A source of random numbers. */
export interface PuzzleRandom {
  /**
   * Returns a random integer from 0 to `below` − 1. All of these integers are equally likely.
   * `below` must be at least 1.
   */
  integer(below: number): number;
}

/**
 * The number of random words to discard at the start; the author of sfc32 also discards some.
 * Similar seeds then give different numbers.
 */
const WARM_UP = 20;

const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;

/**
 * Returns a source of random numbers that depends only on the string.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const draw = () => Array.from({ length: 5 }, () => 0);
 * const [a, b] = [randomFromText("a puzzle"), randomFromText("a puzzle")];
 * assertEquals(draw().map(() => a.integer(100)), draw().map(() => b.integer(100)));
 * ```
 */
export function randomFromText(text: string): PuzzleRandom {
  const [first, second, third, fourth] = [0, 1, 2, 3].map((lane) => hash(`${lane}:${text}`));
  let [a, b, c, counter] = [first, second, third, fourth];
  const word = () => {
    const result = (a + b | 0) + counter | 0;
    counter = counter + 1 | 0;
    a = b ^ b >>> 9;
    b = c + (c << 3) | 0;
    c = (c << 21 | c >>> 11) + result | 0;
    return result >>> 0;
  };
  for (let round = 0; round < WARM_UP; round++) word();
  return { integer: (below) => drawBelow(word, below) };
}

/** Returns the numbers 0 … `count` − 1 in random order (a Fisher-Yates shuffle). */
export function shuffle(count: number, random: PuzzleRandom): Uint8Array {
  const order = Uint8Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/**
 * Returns a random integer from 0 to `below` − 1. The integer is the remainder when a random 32-bit
 * word is divided by `below`. Let m be the largest multiple of `below` that is at most 2^32. Words
 * that are greater than or equal to m are skipped, because they would make small remainders more
 * likely.
 */
function drawBelow(word: () => number, below: number): number {
  const limit = 0x1_0000_0000 - 0x1_0000_0000 % below;
  let drawn = word();
  while (drawn >= limit) drawn = word();
  return drawn % below;
}

/**
 * Returns the FNV-1a hash of the string's UTF-16 code units, low byte first. The hash is then mixed
 * by the last step of MurmurHash3, so that even short strings have very different hashes.
 */
function hash(text: string): number {
  let state = FNV_BASIS;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    state = Math.imul(state ^ unit & 0xff, FNV_PRIME);
    state = Math.imul(state ^ unit >> 8, FNV_PRIME);
  }
  state = Math.imul(state ^ state >>> 16, 0x85ebca6b);
  state = Math.imul(state ^ state >>> 13, 0xc2b2ae35);
  return state ^ state >>> 16;
}
