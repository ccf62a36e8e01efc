/**
 * `deno task ok`: the one gate. Format, lint, types, then the tests with the examples in comments. Every step runs, also
 * after one that fails.
 */
import { Command } from "commander";

/** A command line of Deno's that ends with 0 when all is well. */
interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

interface StepOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

const checks: readonly Step[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check", "--quiet", "lib", "tests"] },
];

const tests: Step = {
  name: "tests",
  args: ["run", "--allow-all", "lib/cli/run_tests.ts"],
};

if (import.meta.main) Deno.exitCode = await passGate(Deno.args);

/** Runs the steps and returns the exit code. */
async function passGate(args: string[]): Promise<number> {
  const options = new Command("deno task ok")
    .description("Checks format, lint and types, and runs the tests.")
    .option("--no-tests", "leave the tests out")
    .showHelpAfterError()
    .parse(args, { from: "user" })
    .opts<{ tests: boolean }>();
  const outcomes: StepOutcome[] = [];
  for (const step of options.tests ? [...checks, tests] : checks) {
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
  return `${name.padEnd(8)} ${result.padEnd(6)} ${
    seconds.toFixed(1).padStart(6)
  } s`;
}
