/**
 * Defines the checks of the gate. Each check is a Deno command line that exits with 0 on success.
 */
import { fileURLToPath } from "node:url";

/** A check of the gate. */
export interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

/** The result of a check. */
export interface CheckOutcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

const notebooks = fileURLToPath(import.meta.resolve("../cli/notebooks.ts"));

/** Static checks: formatting, linting and type checking of the code and the notebooks' cells. */
export const readings: readonly Check[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check", "--quiet", "lib", "tests"] },
  { name: "cells", args: ["run", "--allow-all", notebooks, "--types"] },
];

/** Checks that run code: the tests, the examples in comments, and the notebooks in fast mode. */
export const runs: readonly Check[] = [
  { name: "tests", args: ["run", "--allow-all", "lib/cli/run_tests.ts"] },
  { name: "notebooks", args: ["run", "--allow-all", notebooks, "--check"] },
];

/** Runs a check. The check's output goes to this process's own output streams. */
export async function runCheck({ name, args }: Check): Promise<CheckOutcome> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn();
  const { success } = await child.status;
  return { name, passed: success, seconds: (performance.now() - start) / 1000 };
}
