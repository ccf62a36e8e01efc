import { assertEquals, assertRejects } from "@std/assert";
import { dirname } from "node:path";
import { installKernel, makeKernelspec } from "../../../lib/notebooks/runner/kernelspec.ts";
import shipped from "../../../lib/notebooks/runner/jupyter/kernels/deno/kernel.json" with {
  type: "json",
};

Deno.test("a missing kernel is installed, and a second call leaves it alone", async () => {
  await inFolder(async (folder) => {
    const first = await installKernel(folder, "/some/deno");
    assertEquals(first, {
      path: `${folder}/kernels/deno/kernel.json`,
      change: "made",
    });
    assertEquals(await read(first.path), makeKernelspec("/some/deno"));
    const second = await installKernel(folder, "/other/deno");
    assertEquals(second.change, "none");
    assertEquals(await read(first.path), makeKernelspec("/some/deno"));
  });
});

Deno.test("a user's own kernel gets the missing entries and keeps the others", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/kernels/deno/kernel.json`;
    await Deno.mkdir(dirname(path), { recursive: true });
    const own = {
      argv: ["/my/deno", "jupyter"],
      display_name: "Mine",
      language: "typescript",
      env: { TF_CPP_MIN_LOG_LEVEL: "0" },
      metadata: { a: 1 },
    };
    await Deno.writeTextFile(path, JSON.stringify(own));
    assertEquals((await installKernel(folder)).change, "completed");
    assertEquals(await read(path), {
      ...own,
      env: { TF_CPP_MIN_LOG_LEVEL: "0", NO_COLOR: "1" },
    });
  });
});

Deno.test("a file that is not a kernelspec is not overwritten", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/kernels/deno/kernel.json`;
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, "something else");
    await assertRejects(() => installKernel(folder), Error, path);
    assertEquals(await Deno.readTextFile(path), "something else");
  });
});

Deno.test("the committed kernelspec file equals the one that is made", () => {
  assertEquals<unknown>(shipped, makeKernelspec("deno"));
});

async function read(path: string): Promise<unknown> {
  return JSON.parse(await Deno.readTextFile(path));
}

async function inFolder(
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_kernelspec_" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
