import { assertEquals, assertMatch } from "@std/assert";
import { dirname, join } from "node:path";

const root = dirname(dirname(import.meta.dirname!));

Deno.test("the gate passes if every check passes", async () => {
  const { code, summary } = await passGate("export const one: number = 1;\n");
  assertEquals(summary, ["format ok", "lint ok", "types ok", "cells ok"]);
  assertEquals(code, 0);
});

Deno.test("if one check fails, the gate fails, and the other checks still run", async () => {
  const cases: [file: string, summary: string[]][] = [
    [
      "export const one =  1;\ndebugger;\n",
      ["format FAILED", "lint FAILED", "types ok", "cells ok"],
    ],
    [
      'export const one: number = "1";\n',
      ["format ok", "lint ok", "types FAILED", "cells ok"],
    ],
  ];
  for (const [file, wanted] of cases) {
    const { code, summary } = await passGate(file);
    assertEquals(summary, wanted);
    assertEquals(code, 1);
  }
});

Deno.test("an unknown option is refused before anything runs", async () => {
  const { code, output } = await runGate(root, ["--no-such"]);
  assertEquals(code, 1);
  assertMatch(output, /unknown option '--no-such'\nSee deno task ok --help/);
});

/** Runs the gate without tests, in a temporary project with the given source file. */
async function passGate(file: string) {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_gate_" });
  try {
    for (const name of ["lib", "tests"]) await Deno.mkdir(`${folder}/${name}`);
    await Deno.writeTextFile(`${folder}/deno.json`, "{}\n");
    await Deno.writeTextFile(`${folder}/lib/one.ts`, file);
    await Deno.writeTextFile(`${folder}/tests/two.ts`, "export {};\n");
    const { code, output } = await runGate(folder, ["--no-tests"]);
    const summary = output.trimEnd().split("\n").slice(-4).map((line) =>
      line.split(/\s+/).slice(0, 2).join(" ")
    );
    return { code, summary };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runGate(folder: string, args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", "--config", join(root, "deno.json")],
      ...[join(root, "lib/cli/ok.ts"), ...args],
    ],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, output: decode(stderr) + decode(stdout) };
}
