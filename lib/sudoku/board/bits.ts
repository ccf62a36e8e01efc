/**
 * Defines bit masks. A mask stands for a set of digits or for a set of positions in a unit. Bit 0
 * stands for digit 1, or for the first cell of the unit.
 */

const SETS = 1 << 9;

/** The number of set bits in each mask. The index is the mask. */
export const bitCount: Uint8Array = Uint8Array.from(
  { length: SETS },
  (_, mask) => mask.toString(2).replaceAll("0", "").length,
);

/** The positions of the set bits in each mask, in ascending order. The index is the mask. */
export const bitsOf: readonly Uint8Array[] = Array.from(
  { length: SETS },
  (_, mask) =>
    Uint8Array.from(
      Array.from({ length: 9 }, (_, bit) => bit).filter((bit) => (mask >> bit & 1) === 1),
    ),
);

/**
 * All masks with a given number of set bits, in ascending order. The index is the number of set
 * bits, from 0 to 9.
 */
export const masksOfSize: readonly Uint16Array[] = Array.from(
  { length: 10 },
  (_, size) =>
    Uint16Array.from(
      Array.from({ length: SETS }, (_, mask) => mask).filter((mask) => bitCount[mask] === size),
    ),
);

/**
 * Returns the digits in a mask, in ascending order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(digitsOf(0b100000101), [1, 3, 9]);
 * ```
 */
export function digitsOf(mask: number): readonly number[] {
  return Array.from(bitsOf[mask], (bit) => bit + 1);
}

/** Returns a mask of the given digits. */
export function maskOf(digits: Iterable<number>): number {
  let mask = 0;
  for (const digit of digits) mask |= 1 << (digit - 1);
  return mask;
}

/** Returns the position of the lowest set bit in a mask. The mask must not be 0. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}
