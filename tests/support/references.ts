/**
 * Supports tests that compare results with those of Python packages. Such tests first set up a
 * virtual environment that takes gigabytes, so they run only on request: REFERENCES=1 deno task
 * test.
 */
import { fileURLToPath } from "node:url";
import { requirements as benchRequirements } from "../../lib/bench/peers.ts";
import { runCommand } from "../../lib/system/run_command.ts";
import { pythonEnvironment } from "../../lib/system/python.ts";
import type { Requirement } from "./skip.ts";

/** The requirement of tests that compare results with those of Python packages. */
export const needsReferences: Requirement = Deno.env.get("REFERENCES") === "1" ||
  "compares with Python's packages; REFERENCES=1 deno task test runs it";

/** The path to the list of packages that comparisons of metrics and extractors need. */
export const referenceRequirements: string = fileURLToPath(
  import.meta.resolve("../references/requirements.txt"),
);

/**
 * Runs a Python script of the tests, and parses the JSON that it prints last.
 *
 * @param script the path of the script, relative to tests/
 * @param requirements the path to a list of packages; default: the packages for the benchmarks
 */
export async function runReference(
  script: string,
  args: readonly string[],
  requirements: string = benchRequirements,
): Promise<unknown> {
  const python = await pythonEnvironment(requirements);
  const path = fileURLToPath(import.meta.resolve(`../${script}`));
  const output = await runCommand(python, [path, ...args]);
  return JSON.parse(output.trim().split("\n").at(-1)!);
}
