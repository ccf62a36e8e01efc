/**
 * `deno task bench all`: runs every benchmark of the README in one sitting. Each benchmark runs in
 * its own process, because an engine's number of threads is fixed when the engine starts.
 */
import { fileURLToPath } from "node:url";
import { Option } from "commander";
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
  /** Names of the suites to run; default: all suites. */
  readonly only?: readonly string[];
}

/** Runs `deno task bench all` with the given arguments. */
export async function benchAll(args: readonly string[]): Promise<void> {
  const { out, lists, rated, tdoku, only } = parseArguments(args);
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
    ["compile", "--peers", "--costs"],
    ["page"],
  ].filter(([name]) => !only || only.includes(name));
  for (const suite of suites) {
    const program = fileURLToPath(import.meta.resolve("./bench.ts"));
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--v8-flags=--expose-gc", program, ...suite, "--out", out],
      env: sittingEnvironment(sitting),
    }).spawn().status;
    if (success) continue;
    throw new UserError(
      `Measuring everything: ${suite[0]} failed, see above. The files already written to ${out} ` +
        "are useless without the rest of this sitting. To start over: deno task bench all",
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
      "Runs every benchmark, including the Python packages, in one sitting. The README's figures come from this command.",
    )
    .option("--lists <files...>", "lists of puzzles for the Sudoku solvers")
    .option("--rated <file>", "a list of puzzles with ratings to compare with")
    .option("--tdoku <program>", "a program that runs tdoku")
    .addOption(
      new Option("--only <suites...>", "run only these, for figures that are shown alone")
        .choices(["sudoku", "gan", "classifier", "evaluation", "compile"]),
    )
    .option(
      "--out <folder>",
      "folder for the JSON files and the charts",
      "data/benchmarks",
    );
  program.parse([...args], { from: "user" });
  return program.opts<AllCommand>();
}
