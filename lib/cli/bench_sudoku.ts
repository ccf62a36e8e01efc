/**
 * `deno task bench sudoku`: measures the speed of the Sudoku code, and compares the solver with
 * other solvers.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import {
  measureSudoku,
  type SudokuBenchOptions,
  type SudokuBenchReport,
} from "../bench/sudoku/measure.ts";
import { formatSudokuReport, sudokuChart } from "../bench/sudoku/report.ts";
import { renderChart } from "../display/charts.ts";
import { positive } from "./positive.ts";
import { taskCommand } from "./task_command.ts";

interface SudokuBenchCommand extends Omit<SudokuBenchOptions, "onReport"> {
  readonly out: string;
  readonly json?: boolean;
}

/** Runs `deno task bench sudoku` with the given arguments. */
export async function benchSudoku(args: readonly string[]): Promise<void> {
  const { out, json, ...options } = parseArguments(args);
  await Deno.mkdir(out, { recursive: true });
  const report = await measureSudoku({
    ...options,
    onReport: (text) => console.error(text),
  });
  await save(out, report);
  console.log(json ? JSON.stringify(report) : formatSudokuReport(report));
}

async function save(out: string, report: SudokuBenchReport): Promise<void> {
  const json = JSON.stringify(report, null, 2) + "\n";
  await writeAtomically(`${out}/bench-sudoku.json`, json);
  const chart = await renderChart(sudokuChart(report));
  await writeAtomically(`${out}/bench-sudoku.png`, chart);
}

function parseArguments(args: readonly string[]): SudokuBenchCommand {
  const program = taskCommand("bench sudoku")
    .description(
      "Measures the Sudoku logic: the solver compared with others, hostile grids, the rating and the generator.",
    )
    .option(
      "--lists <files...>",
      "files of puzzles, one at the start of each line; clue17, magictour and se11 have goals (default: puzzles generated here)",
    )
    .option("--puzzles <number>", "maximum number of puzzles from a list", positive, 2000)
    .option(
      "--tdoku <program>",
      "also time a program that runs tdoku: it gets a file of puzzles and prints the seconds that it took to solve them",
    )
    .option(
      "--rated <file>",
      "compare ratings with a file that has a puzzle and its rating on each line",
    )
    .option("--rounds <number>", "turns per solver", positive, 5)
    .option("--made <number>", "puzzles to generate for each level", positive, 100)
    .option("--out <folder>", "folder for the JSON file and the chart", "data/runs")
    .option("--json", "print JSON");
  program.parse([...args], { from: "user" });
  return { lists: [], ...program.opts<Omit<SudokuBenchCommand, "lists">>() };
}
