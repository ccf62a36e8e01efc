import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { RouteError } from "../../lib/system/provision_report.ts";
import { findProgram, runCommand } from "../../lib/system/run_command.ts";

Deno.test("a program's output is returned, and it sees the environment that it is given", async () => {
  const output = await runDeno("console.log(Deno.env.get('SUDOGAN_TEST'))", {
    env: { SUDOGAN_TEST: "seen" },
  });
  assertEquals(output, "seen\n");
});

Deno.test("a missing program is an error that names it", async () => {
  const error = await assertRejects(
    () => runCommand("no-such-program", []),
    RouteError,
  );
  assertEquals(
    error.message,
    "no-such-program: wanted the program, found no program of that name on the PATH",
  );
});

Deno.test("a program that fails is an error with its exit code and the last lines that it said", async () => {
  const error = await assertRejects(
    () =>
      runDeno(
        "console.error('one\\ntwo\\n\\nthree\\nfour'); Deno.exit(3)",
      ),
    RouteError,
  );
  assertStringIncludes(error.message, "wanted success, found exit code 3: ");
  assertStringIncludes(error.message, ": two / three / four");
});

Deno.test("a program that fails in silence is an error that says so", async () => {
  const error = await assertRejects(() => runDeno("Deno.exit(1)"), RouteError);
  assertStringIncludes(error.message, "found exit code 1: no output");
});

Deno.test("an abort ends the program, and the reason is thrown", async () => {
  const signal = AbortSignal.timeout(50);
  await assertRejects(
    () => runDeno("await new Promise((r) => setTimeout(r, 600_000))", { signal }),
    DOMException,
    "timeout",
  );
});

Deno.test("the first program that works is found, and none where none does", async () => {
  const names = ["no-such-program", Deno.execPath()];
  assertEquals(await findProgram(names, ["--version"]), Deno.execPath());
  assertEquals(await findProgram(names, ["no-such-subcommand"]), undefined);
});

function runDeno(
  script: string,
  options?: Parameters<typeof runCommand>[2],
): Promise<string> {
  return runCommand(Deno.execPath(), ["eval", script], options);
}
