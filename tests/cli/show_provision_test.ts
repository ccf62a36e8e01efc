import { assertEquals } from "@std/assert";
import { Writable } from "node:stream";
import { showProvision } from "../../lib/cli/show_provision.ts";
import type { ProvisionReport } from "../../lib/system/provision_report.ts";

Deno.test("without a terminal each step prints one line, and a download prints a few", () => {
  const lines = show([
    { step: "official", message: "The official download failed" },
    { step: "wheel", message: "Wheel", doneBytes: 0, totalBytes: 252e6 },
    { step: "wheel", message: "Wheel", doneBytes: 1e6, totalBytes: 252e6 },
    { step: "wheel", message: "Wheel", doneBytes: 252e6, totalBytes: 252e6 },
    { step: "unpack", message: "Unpacking", doneBytes: 5e6, totalBytes: 10e6 },
    { step: "compile", message: "Compiling" },
    { step: "compile", message: "Compiling" },
  ]);
  assertEquals(lines, [
    "The official download failed",
    "Wheel 0.0/252 MB",
    "Wheel 252/252 MB",
    "Unpacking 5.0/10.0 MB",
    "Compiling",
  ]);
});

/** Returns the lines that are printed for the given reports when the output is not a terminal. */
function show(reports: readonly ProvisionReport[]): string[] {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  // The display uses no other methods of the stream.
  const display = showProvision(stream as unknown as NodeJS.WriteStream);
  for (const report of reports) display.onReport(report);
  display.stop();
  return text.trimEnd().split("\n");
}
