/** Reads or generates lists of puzzles for races. */
import { basename, extname } from "node:path";
import { generate, GridError, type Level, parseGrid } from "../../sudoku/mod.ts";
import { OptionsError } from "../../system/parse_options.ts";

/** A list of 9x9 puzzles. Each puzzle has one solution, and 0 stands for an empty cell. */
export interface PuzzleList {
  readonly name: string;
  readonly puzzles: readonly Uint8Array[];
}

const CELLS = 81;

/**
 * Reads a list of puzzles. The name of the list is the name of the file without its extension.
 *
 * @param path a file with a puzzle at the start of each line; lines that begin with `#` are skipped
 * @param most the largest number of puzzles to take from the file; they are taken at even
 * intervals, because many lists are sorted
 * @throws {OptionsError} if the file cannot be read, or if it is not a list of puzzles
 */
export async function readList(
  path: string,
  most: number,
): Promise<PuzzleList> {
  const lines = (await readText(path)).split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (lines.length === 0) throw refuse(path, "no line with one");
  const count = Math.min(most, lines.length);
  const puzzles = Array.from(
    { length: count },
    (_, i) => readPuzzle(path, lines[Math.floor(i * lines.length / count)]),
  );
  return { name: basename(path, extname(path)), puzzles };
}

/**
 * Generates a list of puzzles in which every clue is needed for a unique solution.
 */
export function makeList(level: Level, count: number): PuzzleList {
  const puzzles = Array.from(
    { length: count },
    (_, seed) => generate({ level, seed, minimal: true }).grid.values,
  );
  return { name: `made here, ${level}`, puzzles };
}

/** Reads a text file. Throws an OptionsError if the file cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw refuse(path, `none (${(error as Error).message})`);
  }
}

function readPuzzle(path: string, line: string): Uint8Array {
  try {
    return parseGrid(line.slice(0, CELLS)).values;
  } catch (error) {
    if (error instanceof GridError) throw refuse(path, error.message);
    throw error;
  }
}

function refuse(path: string, found: string): OptionsError {
  return new OptionsError(
    `Reading puzzles from ${path}: wanted a file with a 9x9 puzzle at the start of each line, found ${found}.`,
  );
}
