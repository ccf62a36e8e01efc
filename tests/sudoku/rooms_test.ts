import { assert, assertEquals } from "@std/assert";
import { join, relative } from "node:path";
import { findCircle, type ModuleGraph, readModuleGraph } from "../support/module_graph.ts";

/**
 * For each folder of lib/sudoku, lists the other folders of lib/sudoku from which files in this
 * folder may import.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  board: [],
  solver: ["board"],
  techniques: ["board"],
  rating: ["board", "techniques"],
  generator: ["board", "solver", "rating"],
  words: ["board", "techniques"],
};

const root = join(import.meta.dirname!, "../../lib/sudoku");
const face = join(root, "mod.ts");
const graph = await readModuleGraph(face);

Deno.test("a file of lib/sudoku imports only from its own folder and those listed for it", () => {
  const refused: string[] = [];
  for (const [file, imports] of graph) {
    if (file === face) continue;
    const room = roomOf(file);
    for (const imported of imports) {
      const other = roomOf(imported);
      if (other === room || rooms[room]?.includes(other)) continue;
      refused.push(`${relative(root, file)} -> ${relative(root, imported)}`);
    }
  }
  assertEquals(refused, []);
});

Deno.test("every file of lib/sudoku is in a folder, and the entry point reaches it", async () => {
  const files = await Array.fromAsync(listScripts(root));
  assert(files.length > 40, `found ${files.length}`);
  const lost = files.filter((file) =>
    !graph.has(file) || (file !== face && !(roomOf(file) in rooms))
  );
  assertEquals(lost, []);
});

Deno.test("no files of lib/sudoku import each other in a circle", () => {
  assertEquals(findCircle(graph), undefined);
});

Deno.test("findCircle finds circles of imports, and two ways to the same file are not a circle", () => {
  const cases: [graph: Record<string, string[]>, circle?: string[]][] = [
    [{ a: ["b"], b: ["c"], c: ["b"] }, ["b", "c", "b"]],
    [{ a: ["a"] }, ["a", "a"]],
    [{ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }],
  ];
  for (const [imports, circle] of cases) {
    const small: ModuleGraph = new Map(Object.entries(imports));
    assertEquals(findCircle(small), circle);
  }
});

function roomOf(file: string): string {
  return relative(root, file).split(/[\\/]/)[0];
}

async function* listScripts(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* listScripts(path);
    else if (name.endsWith(".ts")) yield path;
  }
}
