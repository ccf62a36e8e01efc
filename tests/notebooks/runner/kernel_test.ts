import { assert, assertEquals, assertLess, assertMatch, assertRejects } from "@std/assert";
import { Kernel, KernelError } from "../../../lib/notebooks/runner/kernel.ts";
import { moduleOf, projectFolder } from "../../support/small_notebook.ts";

Deno.test("each cell gets all of its own output, including the last line", async () => {
  await using kernel = await startKernel();
  for (let round = 0; round < 20; round++) {
    const lines: string[] = [];
    await kernel.execute(
      `for (let i = 0; i < 50; i++) console.log("${round}." + i)`,
      ({ content }) => lines.push(...content.text.trimEnd().split("\n")),
    );
    const wanted = Array.from({ length: 50 }, (_, i) => `${round}.${i}`);
    assertEquals(lines, wanted);
  }
});

Deno.test("every kind of failure is an error, even kinds that the kernel does not report", async () => {
  await using kernel = await startKernel();
  const cases: [code: string, message: RegExp][] = [
    ["throw new RangeError('too far')", /^too far$/],
    ["let x: number =", /syntax error/],
    ["import { a } from './no_such_file.ts'", /no_such_file/],
    ["Promise.reject(new Error('unheard')); 1", /^unheard$/],
    ["setTimeout(() => { throw new Error('late'); }); await tick()", /^late$/],
    ["noSuchName", /noSuchName is not defined/],
  ];
  await kernel.execute(
    "const tick = () => new Promise((resolve) => setTimeout(resolve, 30));",
    () => {},
  );
  for (const [code, message] of cases) {
    const { error } = await kernel.execute(code, () => {});
    assertMatch(error?.message ?? "no error", message, code);
  }
  assertEquals(await kernel.execute("1 + 1", () => {}), {});
});

Deno.test("variables and functions remain available in later cells", async () => {
  await using kernel = await startKernel();
  await kernel.execute("const two = 2; let n = 1;", () => {});
  await kernel.execute("n += two;", () => {});
  let shown = "";
  await kernel.execute("n", ({ content }) => {
    shown = content.data["text/plain"];
  });
  assertEquals(shown, "3");
});

Deno.test("Stop ends a loop that checks the signal, and all variables remain", async () => {
  await using kernel = await startKernel();
  await kernel.execute(
    `import { onStop } from ${moduleOf("notebooks/cells/mod.ts")};
let turns = 0;`,
    () => {},
  );
  const started = performance.now();
  const running = kernel.execute(
    `const stop = onStop();
Deno.jupyter.broadcast("stream", { name: "stdout", text: "running" });
while (!stop.aborted && turns < 3000) {
  turns++;
  await new Promise((resolve) => setTimeout(resolve, 10));
}`,
    ({ content }) => content.text === "running" && kernel.interrupt(),
  );
  assertEquals(await running, {});
  // The loop would otherwise take half a minute.
  assertLess(performance.now() - started, 20_000);
  let turns = 0;
  await kernel.execute("turns", ({ content }) => {
    turns = Number(content.data["text/plain"]);
  });
  assert(turns > 0 && turns < 3000, `${turns} turns`);
});

Deno.test("a kernel that dies causes an error instead of waiting forever", async () => {
  await using kernel = await startKernel();
  const error = await assertRejects(
    () => kernel.execute("Deno.kill(Deno.pid, 'SIGKILL')", () => {}),
    KernelError,
  );
  assertMatch(error.message, /SIGKILL|closed/);
});

Deno.test("a kernel ends when the process that started it is killed", async () => {
  const code = `import { Kernel } from ${moduleOf("notebooks/runner/kernel.ts")};
const kernel = await Kernel.start({ folder: ${JSON.stringify(projectFolder)} });
await kernel.execute("Deno.pid", ({ content }) => console.log(content.data["text/plain"]));
await new Promise((resolve) => setTimeout(resolve, 60_000));`;
  await using runner = new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = runner.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const pid = Number((await reader.read()).value);
  await reader.cancel();
  assert(await runs(pid), `kernel ${pid} should run`);
  runner.kill("SIGKILL");
  for (let tries = 0; tries < 100 && await runs(pid); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assertEquals(await runs(pid), false);
});

async function runs(pid: number): Promise<boolean> {
  const { success } = await new Deno.Command("kill", {
    args: ["-0", String(pid)],
    stderr: "null",
  }).output();
  return success;
}

function startKernel(): Promise<Kernel> {
  return Kernel.start({ folder: projectFolder });
}
