/**
 * Calls `provision` with the options given as JSON in the argument. Prints each report, and
 * finally the outcome, as one JSON object per line.
 */
import { provision } from "../../lib/engine/provision.ts";

const outcome = await provision({
  ...JSON.parse(Deno.args[0]!),
  onReport: (report) => console.log(JSON.stringify(report)),
  check: () => Promise.resolve(),
});
console.log(JSON.stringify(outcome));
