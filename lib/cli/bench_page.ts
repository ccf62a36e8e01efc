/**
 * `deno task bench page`: measures the Sudoku page in a browser, and the page's server under load.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import { measurePage, type PageBenchOptions } from "../bench/page/measure.ts";
import { formatPageReport } from "../bench/page/report.ts";
import { positive } from "./positive.ts";
import { taskCommand } from "./task_command.ts";

interface PageBenchCommand extends Omit<PageBenchOptions, "onReport"> {
  readonly out: string;
  readonly json?: boolean;
}

/** Runs `deno task bench page` with the given arguments. */
export async function benchPage(args: readonly string[]): Promise<void> {
  const { out, json, ...options } = parseArguments(args);
  await Deno.mkdir(out, { recursive: true });
  const report = await measurePage({ ...options, onReport: (text) => console.error(text) });
  await writeAtomically(`${out}/bench-page.json`, JSON.stringify(report, null, 2) + "\n");
  console.log(json ? JSON.stringify(report) : formatPageReport(report));
}

function parseArguments(args: readonly string[]): PageBenchCommand {
  return taskCommand("bench page")
    .description(
      "Measures the Sudoku page in Chromium at a quarter of the processor's speed, and its server under load.",
    )
    .option("--keys <number>", "keys to press", positive, 102)
    .option("--loads <number>", "first loads", positive, 10)
    .option("--puzzles <number>", "Extreme puzzles to make", positive, 20)
    .option("--rate <number>", "requests per second to the server", positive, 2000)
    .option("--seconds <number>", "duration of the load on the server", positive, 10)
    .option("--out <folder>", "folder for the JSON file", "data/runs")
    .option("--json", "print JSON")
    .parse([...args], { from: "user" })
    .opts<PageBenchCommand>();
}
