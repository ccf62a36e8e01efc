import { assert, assertEquals, assertLess } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inEmptyFolder, runDeno } from "../support/stranger.ts";

/**
 * The maximum size of the compressed bundle, in bytes. When this limit was set, the size was 22 kB.
 */
const MOST_BYTES = 25_000;

const root = join(import.meta.dirname!, "../..");
const face = join(root, "lib/sudoku/mod.ts");

Deno.test("a browser bundle is small, needs nothing else and makes the same daily puzzles", async () => {
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
