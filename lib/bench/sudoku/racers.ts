/** Creates the solvers for the races. */
import { FastSolver } from "../../sudoku/solver/fast_solver.ts";
import { formatLine, shapeOf } from "../../sudoku/mod.ts";
import { OptionsError } from "../../system/parse_options.ts";
import type { Racer } from "./race.ts";

/** The names of the solvers that race against this project's solver. */
export const packageName = "@algorithm.ts/sudoku";
export const tdokuName = "tdoku";

/**
 * Returns this project's solver. It finds the solution of a puzzle and proves that there is no
 * other solution.
 */
export function ownRacer(): Racer {
  const solver = new FastSolver();
  return {
    name: "sudogan",
    solve(puzzles) {
      const start = performance.now();
      let solved = 0;
      for (const puzzle of puzzles) {
        if (solver.count(puzzle, 2) === 1) solved++;
      }
      const seconds = (performance.now() - start) / 1000;
      refuseFailures("sudogan", solved, puzzles.length);
      return seconds;
    },
  };
}

/** Returns the fastest known solver in JavaScript. It stops at the first solution of a puzzle. */
export async function packageRacer(): Promise<Racer> {
  const name = packageName;
  const { SudokuSolver } = await import("@algorithm.ts/sudoku");
  const solver = new SudokuSolver({ childMatrixWidth: 3 });
  return {
    name,
    solve(puzzles) {
      // The package's digits start at 0, and −1 is an empty cell.
      const boards = puzzles.map((puzzle) => Array.from(puzzle, (value) => value - 1));
      const solution = new Array<number>(81).fill(-1);
      const start = performance.now();
      let solved = 0;
      for (const board of boards) if (solver.solve(board, solution)) solved++;
      const seconds = (performance.now() - start) / 1000;
      refuseFailures(name, solved, puzzles.length);
      return seconds;
    },
  };
}

/** Returns the version of the package that {@linkcode packageRacer} runs. */
export async function packageVersion(): Promise<string> {
  const entry = import.meta.resolve("@algorithm.ts/sudoku");
  const manifest = new URL("../../package.json", entry);
  return JSON.parse(await Deno.readTextFile(manifest)).version;
}

/**
 * Returns a solver that runs an external program. The program gets the path of a file with one
 * puzzle per line, in which `.` stands for an empty cell. The program must solve each puzzle, prove
 * that there is no other solution, and print the time that it took in seconds. Any other output
 * causes an OptionsError.
 */
export function programRacer(name: string, path: string): Racer {
  return {
    name,
    async solve(puzzles) {
      const file = await Deno.makeTempFile({ prefix: "sudogan_race_" });
      try {
        const shape = shapeOf(9);
        const lines = puzzles.map((values) => formatLine({ shape, values }));
        await Deno.writeTextFile(file, lines.join("\n") + "\n");
        const printed = await run(path, file);
        const seconds = Number(printed);
        if (seconds > 0) return seconds;
        throw new OptionsError(
          `Timing ${path}: wanted seconds on its standard output, found "${printed}".`,
        );
      } finally {
        await Deno.remove(file);
      }
    },
  };
}

async function run(path: string, file: string): Promise<string> {
  try {
    const command = new Deno.Command(path, { args: [file] });
    return new TextDecoder().decode((await command.output()).stdout).trim();
  } catch (error) {
    throw new OptionsError(
      `Timing ${path}: wanted a program, found none (${(error as Error).message}).`,
    );
  }
}

function refuseFailures(name: string, solved: number, puzzles: number): void {
  if (solved === puzzles) return;
  throw new Error(
    `Timing ${name}: wanted ${puzzles} puzzles solved, found ${solved}.`,
  );
}
