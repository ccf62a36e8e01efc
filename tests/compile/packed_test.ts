/**
 * Tests the package as users install it. A separate project uses the packed package and runs the
 * README's example.
 */
import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { extract } from "tar";
import { runDeno } from "../support/stranger.ts";

const root = join(import.meta.dirname!, "../..");

Deno.test("a separate project runs the README's example with the packed package", async () => {
  const folder = await Deno.makeTempDir({ prefix: "stranger_" });
  try {
    const packed = join(folder, "package.tgz");
    // The types come from the source files, and packing without types saves seconds.
    await runDeno(["pack", "--allow-dirty", "--allow-slow-types", "-o", packed], root);
    const own = join(folder, "node_modules/@sudogan/sudogan");
    await Deno.mkdir(own, { recursive: true });
    await extract({ file: packed, cwd: own, strip: 1 });
    const { name, dependencies } = JSON.parse(await Deno.readTextFile(join(own, "package.json")));
    // npm would install these packages. Here they are linked, because they are already present.
    for (const dependency of Object.keys(dependencies)) {
      const link = join(folder, "node_modules", dependency);
      await Deno.mkdir(join(link, ".."), { recursive: true });
      await Deno.symlink(await Deno.realPath(join(root, "node_modules", dependency)), link);
    }
    const manifest = { type: "module", dependencies: { ...dependencies, [name]: "*" } };
    await Deno.writeTextFile(join(folder, "package.json"), JSON.stringify(manifest));
    const example = await readExample();
    await Deno.writeTextFile(join(folder, "main.js"), example);
    const allowed = ["read", "write", "env", "ffi"].map((permission) => `--allow-${permission}`);
    const printed = await runDeno(["run", "--no-prompt", ...allowed, "main.js"], folder);
    assertEquals(printed.trim().split("\n").at(-1), /console\.log.*\/\/ (.*)/.exec(example)?.[1]);
    assertEquals((await Deno.stat(join(folder, "model/model.json"))).isFile, true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function readExample(): Promise<string> {
  const text = await Deno.readTextFile(join(root, "lib/compile/README.md"));
  return /```ts ignore\n([^]*?)```/.exec(text)![1];
}
