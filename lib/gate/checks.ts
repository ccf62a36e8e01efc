/** Defines the checks that `deno task ok` runs. Each check is a Deno command. */
import { fileURLToPath } from "node:url";

/** A Deno command. The command's exit code is 0 if the check passes. */
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

/** Checks that read the code and the notebooks' cells without running them. */
export const readings: readonly Check[] = [
  { name: "format", args: ["fmt", "--check"] },
  { name: "lint", args: ["lint"] },
  { name: "types", args: ["check", "--quiet", "lib", "tests"] },
  { name: "cells", args: ["run", "--allow-all", notebooks, "--types"] },
];

/** Checks that run code. */
export const runs: readonly Check[] = [
  { name: "tests", args: ["run", "--allow-all", "lib/cli/run_tests.ts"] },
  { name: "notebooks", args: ["run", "--allow-all", notebooks, "--check"] },
];

/** Runs a check and shows its output on the terminal. */
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
