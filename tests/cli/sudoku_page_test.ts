import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { type Finished, program, runProgram } from "../support/program.ts";

const sudoku = (args: readonly string[]): Promise<Finished> => runProgram(program("sudoku"), args);

Deno.test("build writes a folder, which it creates if necessary, with all files that the page requests", async () => {
  const folder = join(await Deno.makeTempDir({ prefix: "sudogan_build_" }), "some", "where");
  const { code, stdout, stderr } = await sudoku(["build", folder]);
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, join(folder, "index.html"));
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name);
  const html = await Deno.readTextFile(join(folder, "index.html"));
  const asked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name);
  assert(asked.length >= 4, html);
  assertEquals(asked.filter((name) => !names.includes(name)), []);
});

Deno.test("build explains what is wrong with the folder", async () => {
  const file = await Deno.makeTempFile();
  const { code, stderr } = await sudoku(["build", join(file, "page")]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "part of the path is a file");
});

Deno.test("play serves the page on this machine only, and prints the address", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program("sudoku"), "play", "--port", String(freePort())],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    await reader.cancel();
    const [url] = /http:\/\/127\.0\.0\.1:\d+\//.exec(value!)!;
    const response = await fetch(url);
    assertStringIncludes(await response.text(), "<title>Sudogan</title>");
    assertStringIncludes(response.headers.get("content-security-policy")!, "script-src 'self'");
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
});

Deno.test("play reports that a different program uses the port", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, stderr } = await sudoku(["play", "--port", String(listener.addr.port)]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, `wanted port ${listener.addr.port}, found another program on it`);
});

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
