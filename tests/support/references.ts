/**
 * Supports tests that compare this project with Python packages. These tests need a virtual
 * environment of several gigabytes, so they run only with REFERENCES=1 deno task test.
 */
import { fileURLToPath } from "node:url";
import { requirements as benchRequirements } from "../../lib/bench/peers.ts";
import { runCommand } from "../../lib/system/run_command.ts";
import { pythonEnvironment } from "../../lib/system/python.ts";
import type { Requirement } from "./skip.ts";

/** The requirement for tests that compare this project with Python packages. */
export const needsReferences: Requirement = Deno.env.get("REFERENCES") === "1" ||
  "compares with Python's packages; REFERENCES=1 deno task test runs it";

/** Path of the list of Python packages for metrics and extractors. */
export const referenceRequirements: string = fileURLToPath(
  import.meta.resolve("../references/requirements.txt"),
);

/**
 * Runs a Python script, and parses the JSON in the last line that the script prints.
 *
 * @param script path of the script, relative to tests/
 * @param requirements path of a list of Python packages; default: the packages for the benchmarks
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
