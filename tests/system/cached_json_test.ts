import { assertEquals, assertRejects } from "@std/assert";
import { cachedJson } from "../../lib/system/cached_json.ts";

Deno.test("a value with the same key is computed only once", async () => {
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

Deno.test("a damaged cache file is computed again", async () => {
  const folder = await Deno.makeTempDir();
  const ask = (value: number) => cachedJson(folder, ["key"], () => Promise.resolve([value]));
  await ask(1);
  const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
  await Deno.writeTextFile(`${folder}/${name}`, "[1");
  assertEquals(await ask(2), [2]);
  assertEquals(await ask(3), [2]);
});

Deno.test("a computation that fails leaves no cache file", async () => {
  const folder = await Deno.makeTempDir();
  const fail = () => Promise.reject(new Error("no result"));
  await assertRejects(() => cachedJson(folder, ["key"], fail), Error, "no");
  assertEquals(await cachedJson(folder, ["key"], () => Promise.resolve(1)), 1);
});
