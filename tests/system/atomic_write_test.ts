import { assert, assertEquals, assertRejects } from "@std/assert";
import { writeAtomically } from "../../lib/system/atomic_write.ts";

Deno.test("a file is replaced as a whole, so open handles still read the old content to its end", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/file`;
  await writeAtomically(path, "old content");
  // The hard link gives the old file a second name. If the file were overwritten in place, then the
  // content under the second name would change too.
  await Deno.link(path, `${folder}/old`);
  await writeAtomically(path, "new");
  assertEquals(await Deno.readTextFile(path), "new");
  assertEquals(await Deno.readTextFile(`${folder}/old`), "old content");
  assertEquals(await namesIn(folder), ["file", "old"]);
});

Deno.test("while a file is written, its path has the old content", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/file`;
  const [old, content] = ["o", "n"].map((letter) => letter.repeat(2 ** 22));
  await writeAtomically(path, old);
  const writing = writeAtomically(path, content);
  let done = false;
  const finished = writing.then(() => done = true);
  const seen = new Set<string>();
  while (!done) {
    seen.add(await Deno.readTextFile(path));
  }
  await finished;
  assertEquals(await Deno.readTextFile(path), content);
  assert([...seen].every((text) => text === old || text === content));
});

Deno.test("bytes and strings are written unchanged", async () => {
  const path = `${await Deno.makeTempDir()}/file`;
  await writeAtomically(path, "Größe ≥ 1\n");
  assertEquals(await Deno.readTextFile(path), "Größe ≥ 1\n");
  await writeAtomically(path, Uint8Array.of(0, 255, 10));
  assertEquals(await Deno.readFile(path), Uint8Array.of(0, 255, 10));
});

Deno.test("a write that fails leaves no temporary file", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(
    () => writeAtomically(`${folder}/missing/file`, "text"),
    Deno.errors.NotFound,
  );
  // This content causes an error after the temporary file was opened.
  await assertRejects(() =>
    writeAtomically(`${folder}/file`, { length: 1 } as unknown as Uint8Array)
  );
  assertEquals(await namesIn(folder), []);
});

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}
