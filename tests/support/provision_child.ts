/**
 * Runs `provision` with the JSON options in its argument. Prints each report and the outcome, one
 * JSON object per line.
 */
import { provision } from "../../lib/engine/provision.ts";

const outcome = await provision({
  ...JSON.parse(Deno.args[0]!),
  onReport: (report) => console.log(JSON.stringify(report)),
  check: () => Promise.resolve(),
});
console.log(JSON.stringify(outcome));
