/**
 * `deno task ok`: runs all checks of the project. If a check fails, the remaining checks still run.
 */
import { type CheckOutcome, readings, runCheck, runs } from "../gate/checks.ts";
import { taskCommand } from "./task_command.ts";

if (import.meta.main) Deno.exitCode = await passGate(Deno.args);

async function passGate(args: string[]): Promise<number> {
  const options = taskCommand("ok")
    .description("Checks format, lint and types, and runs the tests and the notebooks.")
    .option("--no-tests", "skip the tests and the notebook runs")
    .parse(args, { from: "user" })
    .opts<{ tests: boolean }>();
  const outcomes: CheckOutcome[] = [];
  for (const check of options.tests ? [...readings, ...runs] : readings) {
    console.log(`\n${check.name}: deno ${check.args.join(" ")}`);
    outcomes.push(await runCheck(check));
  }
  console.log(`\n${outcomes.map(formatOutcome).join("\n")}`);
  return outcomes.every(({ passed }) => passed) ? 0 : 1;
}

function formatOutcome({ name, passed, seconds }: CheckOutcome): string {
  const result = passed ? "ok" : "FAILED";
  return `${name.padEnd(9)} ${result.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s`;
}
