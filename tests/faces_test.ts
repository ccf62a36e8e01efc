/**
 * Tests the package's public entry points from a project outside the repository. If the
 * documentation of an entry point has an example, then the example must print what its comments
 * say.
 */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { inEmptyFolder, runDeno } from "./support/stranger.ts";

const root = join(import.meta.dirname!, "..");
const { name, version, exports, imports } = JSON.parse(
  await Deno.readTextFile(join(root, "deno.json")),
) as {
  name: string;
  version: string;
  exports: Record<string, string>;
  imports: Record<string, string>;
};
/** The imports of a project that already uses tfjs. */
const tfjs = { "@tensorflow/tfjs": imports["@tensorflow/tfjs"] };

/** Entry points that are not meant to be imported. `set-up` is a command for users of `compile`. */
const commands = ["./engine/set-up"];
/** The entry points whose documentation has an example. */
const shown = ["./compile", "./evaluation", "./sudoku"];

for (const [face, path] of Object.entries(exports)) {
  if (commands.includes(face)) continue;

  Deno.test(`${face}: every export is documented`, async () => {
    const { faults } = await lintDocs(join(root, path));
    assertEquals(faults, []);
  });

  if (!shown.includes(face)) continue;

  Deno.test(`${face}: the example type-checks in a stranger's project and prints what its comments say`, async () => {
    await inEmptyFolder(async (folder) => {
      await Deno.writeTextFile(
        join(folder, "deno.json"),
        JSON.stringify({ links: [root], imports: { [name]: `jsr:${name}@^${version}`, ...tfjs } }),
      );
      const example = await readExample(join(root, path));
      await Deno.writeTextFile(join(folder, "main.ts"), example);
      await runDeno(["check", "main.ts"], folder);
      const printed = await runDeno(["run", "--no-prompt", "-A", "main.ts"], folder);
      // tfjs advertises its other packages in Node and Deno.
      const lines = printed.split("\n").filter((line) => line && !/^(=+|Hi, looks .*)$/.test(line));
      assertEquals(lines, outputOf(example));
    });
  });
}

Deno.test("the package can be published with the files that its entry points need and no others", async () => {
  const output = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty"],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(output.stderr);
  assert(output.success, text);
  const files = [...text.matchAll(/file:\/\/\S+?\/((?:lib|data|tests|notebooks)\/\S+) \(/g)]
    .map(([, path]) => path);
  assertGreater(files.length, 100);
  const strangers = files.filter((path) =>
    /^(tests|notebooks|data\/(?!weights\/)|lib\/(bench|gate|experiments|runs)\/)/.test(path)
  );
  assertEquals(strangers, []);
});

/**
 * Types from other packages that occur in exported signatures. `deno doc` reports them as private.
 */
const foreign = ["Tensor", "Variable", "LayersModel"];

/** Returns the faults that `deno doc --lint` finds in the types of this project. */
async function lintDocs(path: string): Promise<{ faults: string[] }> {
  const { stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", path],
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const faults = [...new TextDecoder().decode(stderr).matchAll(/^error\[.+?\]: (.+)$/gm)]
    .map(([, fault]) => fault)
    .filter((fault) =>
      !foreign.some((name) => fault.endsWith(`references private type '${name}'`))
    );
  return { faults };
}

async function readExample(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  const [, code] = text.match(/```ts\n([^]*?)```/) ?? [];
  assert(code, `${path} has no example`);
  return code.replaceAll(/^ \* ?/gm, "");
}

function outputOf(example: string): string[] {
  const lines = example.split("\n").filter((line) => /console\.log/.test(line));
  assert(lines.length > 0, "the example prints nothing");
  return lines.map((line) => line.slice(line.lastIndexOf("// ") + 3));
}
