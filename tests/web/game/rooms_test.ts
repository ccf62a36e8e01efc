import { assert, assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { findCircle, readModuleGraph } from "../../support/module_graph.ts";

/** For each folder or file of the game, the folders and files from which it may import. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  "game_error.ts": [],
  play: ["game_error.ts"],
  hints: ["game_error.ts", "play"],
  saves: ["game_error.ts", "play"],
  links: ["game_error.ts", "play"],
  tasks: ["game_error.ts", "play", "hints", "saves"],
  "worker.ts": ["tasks"],
  "mod.ts": ["game_error.ts", "play", "hints", "saves", "links", "tasks"],
};

const repository = dirname(dirname(dirname(import.meta.dirname!)));
const root = join(repository, "lib/web/game");
const [face, worker] = await Promise.all(
  ["mod.ts", "worker.ts"].map((name) => readModuleGraph(join(root, name))),
);
const graph = new Map([...face, ...worker]);

Deno.test("a file imports only from its own folder and those listed for it", () => {
  const refused: string[] = [];
  for (const [file, imports] of graph) {
    const room = roomOf(file);
    if (room === undefined) continue;
    for (const imported of imports) {
      const other = roomOf(imported);
      const isOwn = other === room || (other !== undefined && rooms[room].includes(other));
      if (!isOwn && !isAllowedOutside(imported)) refused.push(`${file} -> ${imported}`);
    }
  }
  assertEquals(refused, []);
});

Deno.test("every file is reached from mod.ts or the worker", async () => {
  const files = await Array.fromAsync(listScripts(root));
  assert(files.length > 40, `found ${files.length}`);
  assertEquals(files.filter((file) => !graph.has(file)), []);
});

Deno.test("no files import each other in a circle", () => {
  assertEquals(findCircle(graph), undefined);
});

function roomOf(file: string): string | undefined {
  const [room] = relative(root, file).split(/[\\/]/);
  return room in rooms ? room : undefined;
}

function isAllowedOutside(imported: string): boolean {
  return imported === join(repository, "lib/sudoku/mod.ts") || /^npm:\/?valibot@/.test(imported);
}

async function* listScripts(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* listScripts(path);
    else if (name.endsWith(".ts")) yield path;
  }
}
