/**
 * Represents small sets as bit masks: bit 0 is digit 1, or the first cell of a unit. Sets have at
 * most nine members.
 */

const SETS = 1 << 9;

/** The number of members of each mask. */
export const bitCount: Uint8Array = Uint8Array.from(
  { length: SETS },
  (_, mask) => mask.toString(2).replaceAll("0", "").length,
);

/** The positions of the members of each mask, in ascending order. */
export const bitsOf: readonly Uint8Array[] = Array.from(
  { length: SETS },
  (_, mask) =>
    Uint8Array.from(
      Array.from({ length: 9 }, (_, bit) => bit).filter((bit) => (mask >> bit & 1) === 1),
    ),
);

/** For each size, all masks with that number of members, in ascending order. */
export const masksOfSize: readonly Uint16Array[] = Array.from(
  { length: 10 },
  (_, size) =>
    Uint16Array.from(
      Array.from({ length: SETS }, (_, mask) => mask).filter((mask) => bitCount[mask] === size),
    ),
);

/**
 * Returns the digits of a mask in ascending order.
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

/** Returns the mask of the given digits. */
export function maskOf(digits: Iterable<number>): number {
  let mask = 0;
  for (const digit of digits) mask |= 1 << (digit - 1);
  return mask;
}

/** Returns the position of a set's lowest member. The set must not be empty. */
export function lowestBit(mask: number): number {
  return 31 - Math.clz32(mask & -mask);
}
