/**
 * `deno task ok`: the gate. Checks format, lint and types, then the same for the notebooks' cells,
 * then runs the tests and the examples in comments, then the notebooks in fast mode. Every step
 * runs, even if an earlier one fails.
 */
import { fileURLToPath } from "node:url";
import { taskCommand } from "./task_command.ts";

/** A Deno command line that exits with 0 on success. */
interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

interface StepOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

const notebooksProgram = fileURLToPath(
  import.meta.resolve("./notebooks.ts"),
);

const checks: readonly Step[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check", "--quiet", "lib", "tests"] },
  {
    name: "cells",
    args: ["run", "--allow-all", notebooksProgram, "--types"],
  },
];

const runs: readonly Step[] = [
  { name: "tests", args: ["run", "--allow-all", "lib/cli/run_tests.ts"] },
  {
    name: "notebooks",
    args: ["run", "--allow-all", notebooksProgram, "--check"],
  },
];

if (import.meta.main) Deno.exitCode = await passGate(Deno.args);

/** Runs the steps and returns the exit code. */
async function passGate(args: string[]): Promise<number> {
  const options = taskCommand("ok")
    .description(
      "Checks format, lint and types, and runs the tests and the notebooks.",
    )
    .option("--no-tests", "skip the tests and the notebook runs")
    .parse(args, { from: "user" })
    .opts<{ tests: boolean }>();
  const outcomes: StepOutcome[] = [];
  for (const step of options.tests ? [...checks, ...runs] : checks) {
    console.log(`\n${step.name}: deno ${step.args.join(" ")}`);
    outcomes.push(await runStep(step));
  }
  console.log(`\n${outcomes.map(formatOutcome).join("\n")}`);
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

async function runStep({ name, args }: Step): Promise<StepOutcome> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const { success } = await child.status;
  return {
    name,
    passed: success,
    seconds: (performance.now() - start) / 1000,
  };
}

function formatOutcome({ name, passed, seconds }: StepOutcome): string {
  const result = passed ? "ok" : "FAILED";
  return `${name.padEnd(9)} ${result.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s`;
}
