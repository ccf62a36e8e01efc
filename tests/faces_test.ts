/**
 * Tests of the package's public entry points as strangers use them. Each documentation page is
 * complete, its example prints what its comments say in a project outside the tree, and the package
 * can be published.
 */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { inEmptyFolder, runDeno } from "./support/stranger.ts";

const root = join(import.meta.dirname!, "..");
const { name, version, exports } = JSON.parse(
  await Deno.readTextFile(join(root, "deno.json")),
) as { name: string; version: string; exports: Record<string, string> };

Deno.test("each package has its entry point", () => {
  assertEquals(Object.keys(exports), ["./compile", "./evaluation", "./sudoku"]);
});

for (const [face, path] of Object.entries(exports)) {
  Deno.test(`${face} documents every export`, async () => {
    await runDeno(["doc", "--lint", join(root, path)], root);
  });

  Deno.test(`${face} has an example that type-checks and prints what its comments say`, async () => {
    await inEmptyFolder(async (folder) => {
      await Deno.writeTextFile(
        join(folder, "deno.json"),
        JSON.stringify({ links: [root], imports: { [name]: `jsr:${name}@^${version}` } }),
      );
      const example = await readExample(join(root, path));
      await Deno.writeTextFile(join(folder, "main.ts"), example);
      await runDeno(["check", "main.ts"], folder);
      const printed = await runDeno(["run", "--no-prompt", "-A", "main.ts"], folder);
      assertEquals(printed.trimEnd().split("\n"), outputOf(example));
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
    /^(tests|notebooks|data\/(?!weights\/)|lib\/(cli|bench|gate|experiments|runs)\/)/.test(path)
  );
  assertEquals(strangers, []);
});

/** Returns the first example in an entry point's documentation. */
async function readExample(path: string): Promise<string> {
  const text = await Deno.readTextFile(path);
  const [, code] = text.match(/```ts\n([^]*?)```/) ?? [];
  assert(code, `${path} has no example`);
  return code.replaceAll(/^ \* ?/gm, "");
}

/**
 * Returns the output that the example's comments promise: the comment at the end of each line that
 * prints.
 */
function outputOf(example: string): string[] {
  const lines = example.split("\n").filter((line) => /console\.log/.test(line));
  assert(lines.length > 0, "the example prints nothing");
  return lines.map((line) => line.slice(line.lastIndexOf("// ") + 3));
}
