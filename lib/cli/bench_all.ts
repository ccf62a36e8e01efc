/**
 * `deno task bench all`: every benchmark whose figures the README shows, one after the other in one
 * sitting. Each is a process of its own, since an engine's threads are settled when it starts.
 */
import { fileURLToPath } from "node:url";
import {
  currentSitting,
  loadAverage,
  mostLoadBefore,
  settleDown,
  sittingEnvironment,
} from "../bench/sitting.ts";
import { UserError } from "../system/user_error.ts";
import { taskCommand } from "./task_command.ts";

interface AllCommand {
  readonly out: string;
  readonly lists?: readonly string[];
  readonly rated?: string;
  readonly tdoku?: string;
}

/** Runs the command. */
export async function benchAll(args: readonly string[]): Promise<void> {
  const { out, lists, rated, tdoku } = parseArguments(args);
  if (loadAverage() > mostLoadBefore) {
    console.error("Waiting for the machine to be idle, five minutes at most …");
    await settleDown(mostLoadBefore);
  }
  const sitting = currentSitting();
  const suites = [
    ["sudoku", "--made", "200", ...option("--lists", lists)]
      .concat(option("--rated", rated), option("--tdoku", tdoku)),
    ["gan", "--peers", "--costs", "--rounds", "9"],
    ["classifier", "--peers"],
    ["evaluation", "--peers"],
  ];
  for (const suite of suites) {
    const program = fileURLToPath(import.meta.resolve("./bench.ts"));
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", program, ...suite, "--out", out],
      env: sittingEnvironment(sitting),
    }).spawn().status;
    if (success) continue;
    throw new UserError(
      `Measuring everything: ${suite[0]} failed, see above. What the others wrote to ${out} is ` +
        "of this sitting, and worth nothing without the rest: deno task bench all begins again.",
    );
  }
}

function option(
  name: string,
  given: string | readonly string[] = [],
): string[] {
  const values = [given].flat();
  return values.length === 0 ? [] : [name, ...values];
}

function parseArguments(args: readonly string[]): AllCommand {
  const program = taskCommand("bench all")
    .description(
      "Takes every benchmark, Python's packages among them, in one sitting: what the README's figures are from.",
    )
    .option("--lists <files...>", "lists for the Sudoku solvers to race on")
    .option("--rated <file>", "a rated list for the ratings to agree with")
    .option("--tdoku <program>", "a program around tdoku")
    .option(
      "--out <folder>",
      "where JSON and charts are written",
      "data/benchmarks",
    );
  program.parse([...args], { from: "user" });
  return program.opts<AllCommand>();
}
