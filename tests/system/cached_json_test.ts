import { assertEquals, assertRejects } from "@std/assert";
import { cachedJson } from "../../lib/system/cached_json.ts";

Deno.test("what was computed from the same things is not computed again", async () => {
  const folder = `${await Deno.makeTempDir()}/made/if/need/be`;
  let computed = 0;
  const ask = (...of: (string | number)[]) =>
    cachedJson(folder, of, () => Promise.resolve({ number: ++computed }));
  assertEquals(await ask("a", 1), { number: 1 });
  assertEquals(await ask("a", 1), { number: 1 });
  assertEquals(await ask("a", "1"), { number: 2 });
  assertEquals(await ask("a1"), { number: 3 });
  assertEquals(await ask("a", 1), { number: 1 });
});

Deno.test("a file that was damaged is computed anew", async () => {
  const folder = await Deno.makeTempDir();
  const ask = (value: number) => cachedJson(folder, ["key"], () => Promise.resolve([value]));
  await ask(1);
  const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
  await Deno.writeTextFile(`${folder}/${name}`, "[1");
  assertEquals(await ask(2), [2]);
  assertEquals(await ask(3), [2]);
});

Deno.test("what could not be computed leaves nothing behind", async () => {
  const folder = await Deno.makeTempDir();
  const fail = () => Promise.reject(new Error("no result"));
  await assertRejects(() => cachedJson(folder, ["key"], fail), Error, "no");
  assertEquals(await cachedJson(folder, ["key"], () => Promise.resolve(1)), 1);
});
