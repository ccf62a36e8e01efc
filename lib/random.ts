/**
 * Derives independent streams of random numbers from one seed and the names of the streams. This
 * module is the project's only source of randomness.
 *
 * The random number generator is Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011), which TensorFlow uses too. Each result of Philox depends
 * only on a key and a counter. A resumed run can therefore recreate its streams from the seed, the
 * names and the step number.
 */

/** Four 32-bit words that hold either a counter or a result of Philox. */
export type Words4 = readonly [number, number, number, number];

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9; // the golden ratio
const WEYL_1 = 0xbb67ae85; // √3 − 1
const ROUNDS = 10;

/**
 * Applies ten rounds of Philox 4x32.
 *
 * @param counter the counter, with the least significant word first
 * @param key0 the low word of the key
 * @param key1 the high word of the key
 * @returns four random unsigned 32-bit words
 *
 * @example Known answer from the authors' Random123 library
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(philox([0, 0, 0, 0], 0, 0), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
 * ```
 */
export function philox(counter: Words4, key0: number, key1: number): Words4 {
  let [c0, c1, c2, c3] = counter;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    [c0, c1, c2, c3] = [high1 ^ c1 ^ key0, low1, high0 ^ c3 ^ key1, low0];
    key0 = (key0 + WEYL_0) | 0;
    key1 = (key1 + WEYL_1) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/**
 * Returns the upper 32 bits of the product of two unsigned 32-bit numbers. The numbers are split
 * into 16-bit halves, so that no intermediate value exceeds 2^53.
 */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow] = [a >>> 16, a & 0xffff];
  const [bHigh, bLow] = [b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 0x10000);
  const carry = (middle % 0x10000) + aLow * bHigh;
  return (aHigh * bHigh + Math.floor(middle / 0x10000) +
    Math.floor(carry / 0x10000)) | 0;
}

/** A sequence of random numbers that is determined by a seed and a list of names. */
export class RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  #block = 0;
  #words: Words4 = [0, 0, 0, 0];
  #used = 4;

  constructor(key0: number, key1: number) {
    this.#key0 = key0;
    this.#key1 = key1;
  }

  /** Returns the next unsigned 32-bit word. */
  word(): number {
    if (this.#used === 4) {
      this.#words = philox([this.#block++, 0, 0, 0], this.#key0, this.#key1);
      this.#used = 0;
    }
    return this.#words[this.#used++];
  }

  /** Returns a random number in [0, 1) with a resolution of 32 bits. */
  uniform(): number {
    return this.word() / 0x1_0000_0000;
  }

  /**
   * Returns a random integer from 0 to `below` − 1. All integers in this range are equally likely.
   *
   * @throws {RangeError} when `below` is not an integer from 1 to 2^32
   */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > 0x1_0000_0000) {
      throw new RangeError(
        `Drawing a random integer: wanted an upper bound in 1 … 2^32, found ${below}.`,
      );
    }
    // Words at or above the largest multiple of `below` are skipped, because they would make small
    // numbers more likely.
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % below);
    let word = this.word();
    while (word >= limit) word = this.word();
    return word % below;
  }

  /** Returns the numbers 0 … `count` − 1 in random order, by a Fisher-Yates shuffle. */
  permutation(count: number): Uint32Array {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}

/**
 * Returns the stream of random numbers for a seed and a list of names. Streams that have different
 * names are independent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(randomStream(1, "batches", 0).permutation(5), randomStream(1, "batches", 0).permutation(5));
 * ```
 */
export function randomStream(
  seed: number,
  ...names: readonly (string | number)[]
): RandomStream {
  const [key0, key1] = deriveKey(seed, ...names);
  return new RandomStream(key0, key1);
}

/**
 * Derives a 31-bit seed for random tensors (see engine/random_tensors.ts) from a seed and names.
 */
export function deriveSeed(
  seed: number,
  ...names: readonly (string | number)[]
): number {
  return deriveKey(seed, ...names)[0] & 0x7fffffff;
}

/**
 * Hashes a seed and names to a 64-bit key by applying Philox once for every 8 bytes of the names,
 * which are encoded as JSON. The hash is not cryptographic.
 */
function deriveKey(
  seed: number,
  ...names: readonly (string | number)[]
): [number, number] {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(
      `A seed must be an integer from 0 to 2^53 − 1; found ${seed}.`,
    );
  }
  // JSON distinguishes ["a", "b"] from ["ab"], and 1 from "1".
  const bytes = new TextEncoder().encode(JSON.stringify(names));
  let [key0, key1] = [seed | 0, Math.floor(seed / 0x1_0000_0000)];
  for (let at = 0; at < bytes.length; at += 8) {
    const half = (from: number) =>
      (bytes[from] ?? 0) | (bytes[from + 1] ?? 0) << 8 |
      (bytes[from + 2] ?? 0) << 16 | (bytes[from + 3] ?? 0) << 24;
    [key0, key1] = philox(
      [half(at), half(at + 4), at, bytes.length],
      key0,
      key1,
    );
  }
  return [key0, key1];
}
