/**
 * Tests that lib/ writes files atomically. That way, no reader ever sees a half-written file, not
 * even after a crash.
 */
import { assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { dirname, fromFileUrl } from "../support/paths.ts";

const root = dirname(fromFileUrl(import.meta.url), 3);

/** Source files that write in place, each with the reason why an interrupted write does no harm. */
const inPlace: Readonly<Record<string, string>> = {
  "lib/bench/sudoku/racers.ts": "a temporary list of puzzles",
  "lib/compile/explain/explain.ts": "a temporary folder",
  "lib/compile/session.ts": "a temporary folder",
  "lib/engine/provision/cache.ts": "a lock, and a folder that is renamed when it is complete",
  "lib/engine/provision/wheel.ts": "a folder that is renamed when it is complete",
  "lib/evaluation/weight_files/hdf5.ts": "the memory of WebAssembly",
  "lib/gate/mutation_runner.ts": "a copy of the project",
  "lib/notebooks/runner/check_cells.ts": "a temporary file",
  "lib/notebooks/runner/kernel.ts": "a temporary file",
  "lib/runs/claim_run.ts": "a lock, which is not written to",
  "lib/runs/loss_table.ts": "rows are appended, and a cut-off one is repaired on resuming",
  "lib/system/atomic_write.ts": "it writes under a temporary name",
  "lib/system/download.ts": "a partial download, which is continued",
};

const writes =
  /Deno\.(writeTextFile|writeFile|create)(Sync)?\(|\b(writeFile|appendFile|createWriteStream)(Sync)?\(|\.toFile\(|Deno\.open(Sync)?\([^)]*\b(write|append|create): true/;

Deno.test("only the listed files of lib/ write in place, and each of them does", async () => {
  const found: string[] = [];
  let atomic = 0;
  for await (const path of scriptsIn("lib")) {
    const text = await Deno.readTextFile(join(root, path));
    if (writes.test(text)) found.push(path);
    if (text.includes("writeAtomically(")) atomic++;
  }
  assertEquals(found.sort(), Object.keys(inPlace));
  assertGreater(atomic, 10);
});

Deno.test("the pattern finds each way to write a file", () => {
  const examples = [
    "await Deno.writeTextFile(path, text)",
    "Deno.writeFileSync(path, bytes)",
    "using file = await Deno.open(path, {\n  read: true,\n  write: true,\n})",
    "fs.writeFileSync(path, text)",
    "await sharp(image).png().toFile(path)",
  ];
  for (const example of examples) assertEquals(writes.test(example), true, example);
  assertEquals(writes.test("using file = await Deno.open(path)"), false);
  assertEquals(writes.test("await writeAtomically(path, text)"), false);
});

async function* scriptsIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* scriptsIn(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}
