/** Claims a run, reports the claim, and keeps it until the process is ended. */
import { claimRun } from "../../lib/runs/claim_run.ts";

try {
  await claimRun(Deno.args[0]);
  console.log("claimed");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
} catch (error) {
  console.log((error as Error).name);
}
