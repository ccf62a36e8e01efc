/**
 * The public face of lib/sudoku, used as strangers use it: its page, a project outside the tree,
 * and a browser's bundle.
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * What a page downloads, compressed as servers do. Solver, rater, generator and sentences took 22
 * kB when this was set.
 */
const MOST_BYTES = 25_000;

const root = join(import.meta.dirname!, "../..");
const { name, exports } = JSON.parse(
  await Deno.readTextFile(join(root, "deno.json")),
);
const face = join(root, exports["./sudoku"]);

Deno.test("every export is documented", async () => {
  await runDeno(["doc", "--lint", face], root);
});

Deno.test("a stranger's project type-checks the example and sees what its comments say", async () => {
  await inEmptyFolder(async (folder) => {
    const imports = { [`${name}/sudoku`]: pathToFileURL(face).href };
    await Deno.writeTextFile(
      join(folder, "deno.json"),
      JSON.stringify({ imports }),
    );
    const example = await readExample();
    await Deno.writeTextFile(join(folder, "main.ts"), example);
    await runDeno(["check", "main.ts"], folder);
    // Without any permission: it needs neither files nor network.
    const printed = await runDeno(["run", "--no-prompt", "main.ts"], folder);
    assertEquals(printed.trimEnd().split("\n"), outputOf(example));
  });
});

Deno.test("a browser's bundle is small, needs nothing else and makes the same daily puzzles", async () => {
  await inEmptyFolder(async (folder) => {
    const bundle = join(folder, "sudoku.js");
    await runDeno(
      ["bundle", "--minify", "--platform", "browser", "-o", bundle, face],
      root,
    );
    const text = await Deno.readTextFile(bundle);
    const bytes = await compressedSize(text);
    assertLess(bytes, MOST_BYTES);
    assert(!/\bimport\b|\bDeno\b|node:/.test(text));
    const { daily, formatLine } = await import(pathToFileURL(bundle).href);
    const [{ date, level, puzzle }] = await readGoldenDays();
    assertEquals(formatLine(daily({ date, level }).grid), puzzle);
  });
});

/** The code of the face's own documentation. */
async function readExample(): Promise<string> {
  const text = await Deno.readTextFile(face);
  const [, code] = text.match(/```ts\n([^]*?)```/) ?? [];
  assert(code, "the face has no example");
  return code.replaceAll(/^ \* ?/gm, "");
}

/** What the example's comments promise: the rest of each line that prints. */
function outputOf(example: string): string[] {
  const lines = example.split("\n").filter((line) => /console\.log/.test(line));
  assert(lines.length > 0, "the example prints nothing");
  return lines.map((line) => line.slice(line.lastIndexOf("// ") + 3));
}

async function readGoldenDays(): Promise<
  readonly { date: string; level: string; puzzle: string }[]
> {
  const path = join(root, "tests/golden/sudoku/daily.json");
  return JSON.parse(await Deno.readTextFile(path));
}

async function compressedSize(text: string): Promise<number> {
  const compressed = new Blob([text]).stream()
    .pipeThrough(new CompressionStream("gzip"));
  return (await new Response(compressed).bytes()).length;
}

async function inEmptyFolder(
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_stranger_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a command of Deno, and returns what it prints. */
async function runDeno(args: readonly string[], cwd: string): Promise<string> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [stdout, stderr] = [output.stdout, output.stderr]
    .map((bytes) => new TextDecoder().decode(bytes));
  assert(output.success, `deno ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}
