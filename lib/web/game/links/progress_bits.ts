/** Writes the progress of a game into a link, and reads the progress from a link. */
import { COLOUR_COUNT, firstPosition, maskLists, type Position } from "../play/position.ts";
import type { PlayedPuzzle } from "../play/puzzle.ts";
import type { BitReader, BitWriter } from "./bits.ts";
import { bitsOfDigit } from "./puzzle_bits.ts";

/** The progress of a game, as stored in a link. */
export interface GameProgress {
  /** The board, with no cell selected. */
  readonly position: Position;
  readonly seconds: number;
  readonly hintsTaken: number;
}

/**
 * The number of bits for the seconds played. 24 bits are enough for half a year. A longer time is
 * written as the maximum.
 */
const SECONDS_BITS = 24;
const HINTS_BITS = 10;

/** Writes the progress of a game. */
export function writeProgress(
  bits: BitWriter,
  { position, seconds, hintsTaken }: GameProgress,
  puzzle: PlayedPuzzle,
): void {
  bits.write(Math.min(seconds, 2 ** SECONDS_BITS - 1), SECONDS_BITS);
  bits.write(Math.min(hintsTaken, 2 ** HINTS_BITS - 1), HINTS_BITS);
  bits.write(position.autoNotes ? 1 : 0, 1);
  writeList(bits, position.values.map((value) => value - 1), {
    cells: freeCells(puzzle),
    none: -1,
    count: bitsOfDigit(puzzle.size),
  });
  for (const name of maskLists) {
    const form = formOf(name, puzzle);
    const isUsed = form.cells.some((cell) => position[name][cell] !== 0);
    bits.write(isUsed ? 1 : 0, 1);
    if (isUsed) writeList(bits, position[name], form);
  }
}

/**
 * Reads the progress of a game. Returns undefined if the time or the number of hints is missing.
 * The rest of the progress is not checked, so the caller must check the board.
 */
export function readProgress(bits: BitReader, puzzle: PlayedPuzzle): GameProgress | undefined {
  const seconds = bits.read(SECONDS_BITS);
  const hintsTaken = bits.read(HINTS_BITS);
  const autoNotes = bits.read(1) === 1;
  const first = firstPosition(puzzle);
  const digits = readList(bits, puzzle, {
    cells: freeCells(puzzle),
    none: -1,
    count: bitsOfDigit(puzzle.size),
  });
  const masks = maskLists.map((name) => {
    const isUsed = bits.read(1) === 1;
    return [name, isUsed ? readList(bits, puzzle, formOf(name, puzzle)) : first[name]] as const;
  });
  if (seconds === undefined || hintsTaken === undefined) return undefined;
  const values = puzzle.givens.map((given, cell) => given || digits[cell] + 1);
  return {
    position: { ...first, ...Object.fromEntries(masks), values, autoNotes },
    ...{ seconds, hintsTaken },
  };
}

/**
 * Describes how a link stores a list. `cells` are the cells that have an entry, `none` is the value
 * of an empty entry, and `count` is the number of bits that hold the value of any other entry.
 */
interface ListForm {
  readonly cells: readonly number[];
  readonly none: number;
  readonly count: number;
}

function formOf(name: typeof maskLists[number], puzzle: PlayedPuzzle): ListForm {
  return name === "colours"
    ? { cells: Array.from(puzzle.givens.keys()), none: 0, count: COLOUR_COUNT }
    : { cells: freeCells(puzzle), none: 0, count: puzzle.size };
}

function freeCells({ givens }: PlayedPuzzle): readonly number[] {
  return Array.from(givens.keys()).filter((cell) => givens[cell] === 0);
}

function writeList(
  bits: BitWriter,
  list: readonly number[],
  { cells, none, count }: ListForm,
): void {
  for (const cell of cells) {
    bits.write(list[cell] === none ? 0 : 1, 1);
    if (list[cell] !== none) bits.write(list[cell], count);
  }
}

/**
 * Reads a list. If the link ends before the value of an entry, then the entry becomes NaN, which
 * makes the board invalid.
 */
function readList(
  bits: BitReader,
  { givens }: PlayedPuzzle,
  { cells, none, count }: ListForm,
): readonly number[] {
  const list = givens.map(() => none);
  for (const cell of cells) {
    if (bits.read(1) === 1) list[cell] = bits.read(count) ?? NaN;
  }
  return list;
}
