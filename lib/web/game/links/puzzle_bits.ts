/**
 * Writes the clues of a puzzle into a link, and reads the clues from a link. The link contains the
 * size, then one bit per cell to tell whether the cell has a clue, and then the digits of the
 * clues.
 */
import { shapeOf, type Size, sizes } from "../../../sudoku/mod.ts";
import { type PlayedPuzzle, puzzleOf } from "../play/puzzle.ts";
import type { BitReader, BitWriter } from "./bits.ts";

/** Writes the clues. */
export function writeClues(bits: BitWriter, { size, givens }: PlayedPuzzle): void {
  bits.write(sizes.indexOf(size), 2);
  for (const given of givens) bits.write(given > 0 ? 1 : 0, 1);
  for (const given of givens) if (given > 0) bits.write(given - 1, bitsOfDigit(size));
}

/**
 * Reads the clues. Returns undefined if clues are missing, or if a digit is too large for the size.
 *
 * @throws {GameError} when the puzzle does not have exactly one solution
 */
export function readClues(bits: BitReader): PlayedPuzzle | undefined {
  const size = sizes[bits.read(2) ?? sizes.length];
  if (size === undefined) return undefined;
  const places = Array.from({ length: shapeOf(size).cellCount }, () => bits.read(1));
  const givens = places.map((place) => {
    const digit = place === 1 ? bits.read(bitsOfDigit(size)) : -1;
    return digit === undefined ? NaN : digit + 1;
  });
  const isWhole = places.every((place) => place !== undefined) &&
    givens.every((given) => given <= size);
  return isWhole ? puzzleOf(size, givens, { origin: { kind: "shared" } }) : undefined;
}

/** Returns the number of bits that store a digit. The stored number is the digit minus one. */
export function bitsOfDigit(size: Size): number {
  return size === 4 ? 2 : size === 6 ? 3 : 4;
}
