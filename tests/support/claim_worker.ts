/**
 * Claims the run in the folder that is given as the argument. Prints `claimed` if it could claim
 * the run, and otherwise the name of the error. Keeps the claim for a minute, unless the process is
 * ended earlier.
 */
import { claimRun } from "../../lib/runs/claim_run.ts";

try {
  await claimRun(Deno.args[0]);
  console.log("claimed");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
} catch (error) {
  console.log((error as Error).name);
}
