import { assert, assertGreater, assertLess } from "@std/assert";
import { readOtherWork, readOwnSeconds } from "../../lib/bench/other_work.ts";
import { type Requirement, requiring } from "../support/skip.ts";

const needsProc: Requirement = Deno.build.os === "linux" || "reads /proc, which only Linux has";

const SECONDS = 0.5;

/** A program that uses the given processor time, started by a shell. */
const grandchild = new Deno.Command("sh", {
  args: [
    "-c",
    '"$0" eval "$1"; true',
    Deno.execPath(),
    `
    import process from "node:process";
    while (process.cpuUsage().user < ${SECONDS * 1e6});
  `,
  ],
});

Deno.test(
  requiring(needsProc, "the work of a program that this process starts is its own", async () => {
    const [own, others] = [readOwnSeconds(), readOtherWork()];
    const { success } = await grandchild.output();
    assert(success);
    assertGreater(readOwnSeconds() - own, 0.9 * SECONDS);
    const after = readOtherWork();
    assert(others && after);
    // Others can use only what is left of the cores' time.
    const whole = (after.at - others.at) * navigator.hardwareConcurrency;
    assertLess(after.busy - others.busy, whole - 0.8 * SECONDS);
  }),
);
