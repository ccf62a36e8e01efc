import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(
  import.meta.resolve("../../lib/cli/engine.ts"),
);

const refusals: readonly {
  readonly what: string;
  readonly args: readonly string[];
  readonly says: readonly string[];
}[] = [
  {
    what: "an unknown engine",
    args: ["--engine", "gpu"],
    says: ["gpu", "native, wasm, cpu, auto"],
  },
  {
    what: "a missing engine name",
    args: ["--engine"],
    says: ["--engine <name>", "argument missing"],
  },
  {
    what: "an unknown option",
    args: ["--fast"],
    says: ["--fast", "deno task engine --help"],
  },
  {
    what: "an unexpected argument",
    args: ["native"],
    says: ["native", "deno task engine --help"],
  },
  {
    what: "to reinstall an engine that cannot be installed",
    args: ["--reinstall", "--engine", "wasm"],
    says: ["--reinstall", "native or auto", "found wasm"],
  },
];

for (const { what, args, says } of refusals) {
  Deno.test(`deno task engine refuses ${what} and lists the allowed values`, async () => {
    const { code, stdout, stderr } = await run(args);
    assertEquals([code, stdout], [1, ""]);
    for (const words of says) assertStringIncludes(stderr, words);
  });
}

Deno.test("deno task engine --help lists the options with their values and defaults", async () => {
  const { code, stdout } = await run(["--help"]);
  assertEquals(code, 0);
  for (const words of ["--engine <name>", "wasm", "auto", "--reinstall"]) {
    assertStringIncludes(stdout, words);
  }
});

Deno.test("deno task engine --json prints one object with name, reason, versions, device and speed", async () => {
  const { code, stdout, stderr } = await run(["--json", "--engine", "native"]);
  assertEquals([code, stderr], [0, ""]);
  const report = JSON.parse(stdout);
  assertEquals([report.name, report.product.size], ["native", 2048]);
  assertEquals(
    report.reason,
    `native TensorFlow ${report.versions.tensorflow} is in place`,
  );
  assertEquals(report.versions.deno, Deno.version.deno);
  assert(report.product.gigaflops > 0);
  assert(report.threads >= 1);
  for (const path of report.library) assert(Deno.statSync(path).isFile, path);
});

Deno.test("deno task engine prints one fact per line", async () => {
  const { code, stdout, stderr } = await run(["--engine", "cpu"]);
  assertEquals([code, stderr], [0, ""]);
  assertEquals(
    stdout.trimEnd().split("\n").map((line) => line.split(" ")[0]),
    [
      "engine",
      "reason",
      "versions",
      "threads",
      "processor",
      "instructions",
      "oneDNN",
      "speed",
    ],
  );
  assertStringIncludes(stdout, "cpu, because it was requested");
});

Deno.test("deno task engine says in one sentence why the requested engine cannot run", async () => {
  // The native addon does not load without permission to call foreign code.
  const { code, stdout, stderr } = await run(["--engine", "native"], [
    "--allow-read",
    "--allow-env",
  ]);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "Error: native TensorFlow is installed but");
  assertStringIncludes(stderr, "deno task engine --reinstall");
  assertEquals(stderr.trimEnd().split("\n").length, 1, stderr);
});

async function run(
  args: readonly string[],
  permissions: readonly string[] = ["--allow-all"],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-prompt",
      ...permissions,
      program,
      ...args,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return {
    code: output.code,
    stdout: decoder.decode(output.stdout),
    stderr: decoder.decode(output.stderr),
  };
}
