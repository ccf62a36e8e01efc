/**
 * Tests the repository's layout: which folders import which other folders, which files are at the
 * top level, and whether any file names the host of a package registry. The host of a registry
 * belongs in the package managers' settings, because those can differ from machine to machine.
 */
import { assertEquals, assertGreater, assertStringIncludes } from "@std/assert";
import { dirname, isAbsolute, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { drawRooms, rooms } from "../lib/gate/rooms.ts";
import { findCircle, type ModuleGraph, readModuleGraph } from "./support/module_graph.ts";

const topLevel = [
  "LICENSE",
  "README.md",
  "data",
  "deno.json",
  "deno.lock",
  "lib",
  "notebooks",
  "tests",
];

// The names are split into pieces, so this file doesn't contain them.
const registryHosts = [
  ["npm", "js", "."],
  ["py", "pi", ".org"],
  ["python", "hosted", ".org"],
  ["j", "sr", ".io"],
  ["crates", ".", "io"],
  ["deb", ".debian", ".org"],
].map((pieces) => pieces.join(""));

const root = dirname(import.meta.dirname!);

Deno.test("each folder of lib/ imports only what the map of imports allows", async () => {
  const imports = await listImports();
  assertGreater(imports.length, 10);
  const refused = imports.filter(({ from, to }) => !mayImport(from, to));
  assertEquals(refused, []);
});

Deno.test("the map of imports allows nothing that no file needs", async () => {
  const needed = new Set(
    (await listImports()).map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`),
  );
  const idle = rooms.flatMap(({ name, imports }) =>
    imports.map((other) => `${name} -> ${other}`).filter((pair) => !needed.has(pair))
  );
  assertEquals(idle, []);
});

Deno.test("each room imports only from rooms above it, and all of lib/ is in a room", async () => {
  const names = rooms.map(({ name }) => name);
  for (const { name, imports } of rooms) {
    const below = imports.filter((other) => names.indexOf(other) >= names.indexOf(name));
    assertEquals(below, [], name);
  }
  const found = new Set((await listScripts()).map(roomOf));
  assertEquals([...found].sort(), names.toSorted());
});

Deno.test("the README's tree of lib/ matches the list of rooms", async () => {
  const readme = await Deno.readTextFile(join(root, "README.md"));
  assertStringIncludes(readme, drawRooms());
});

Deno.test("no files of lib/ import each other in a circle", async () => {
  assertEquals(findCircle(await readLib()), undefined);
});

Deno.test("exported names are unique in all of lib/", async () => {
  const places = new Map<string, string[]>();
  for (const path of await listScripts()) {
    const text = await Deno.readTextFile(join(root, path));
    // The declarations of an overloaded function count as one.
    for (const name of new Set([...text.matchAll(declaration)].map(([, name]) => name))) {
      places.set(name, [...places.get(name) ?? [], path]);
    }
  }
  assertGreater(places.size, 500);
  const shared = [...places].filter(([, paths]) => paths.length > 1);
  assertEquals(Object.fromEntries(shared), {});
});

Deno.test("no comment is wider than code may be", async () => {
  const { fmt: { lineWidth } } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const wide: string[] = [];
  for (const path of (await listFiles()).filter((path) => /\.tsx?$/.test(path))) {
    const lines = (await Deno.readTextFile(join(root, path))).split("\n");
    for (const [i, line] of lines.entries()) {
      // Code in examples and directives may be wider.
      const isProse = /^ *(\/\*\*|\*|\/\/) (?!deno-|(import|const|console|assert))/.test(line);
      if (isProse && [...line].length > lineWidth) wide.push(`${path}:${i + 1}`);
    }
  }
  assertEquals(wide, []);
});

Deno.test("no template literal contains a line break inside its braces", async () => {
  const broken: string[] = [];
  for (const path of (await listFiles()).filter((path) => /\.tsx?$/.test(path))) {
    const lines = (await Deno.readTextFile(join(root, path))).split("\n");
    for (const [i, line] of lines.entries()) {
      if (line.endsWith("${")) broken.push(`${path}:${i + 1}`);
    }
  }
  assertEquals(broken, []);
});

Deno.test("the map of imports refuses folders that it does not name", () => {
  const cases: [from: string, to: string, allowed: boolean][] = [
    ["lib/training/gan/gan.ts", "lib/models/generator.ts", true],
    ["lib/training/gan/gan.ts", "lib/training/checkpoint.ts", true],
    ["lib/cli/train.ts", "lib/runs/train_run.ts", true],
    ["lib/models/generator.ts", "lib/training/gan/gan.ts", false],
    ["lib/random.ts", "lib/images.ts", false],
    ["lib/training/gan/gan.ts", "lib/cli/train.ts", false],
    ["lib/cli/train.ts", "notebooks/shared.ts", false],
    ["lib/cli/train.ts", "tests/support/server.ts", false],
    ["lib/dataset/mnist.ts", "lib/dataset_tools/idx.ts", false],
    ["lib/unlisted/file.ts", "lib/random.ts", false],
  ];
  for (const [from, to, allowed] of cases) {
    assertEquals(mayImport(from, to), allowed, `${from} -> ${to}`);
  }
});

Deno.test("the top level holds only files and folders that are listed", async () => {
  const found = new Set((await listFiles()).map((path) => path.split("/")[0]));
  const strangers = [...found].filter((name) => !name.startsWith(".") && !topLevel.includes(name));
  assertEquals(strangers, []);
});

Deno.test("no file names a package registry's host", async () => {
  const files = await listFiles();
  assertGreater(files.length, 10);
  const refused: string[] = [];
  for (const path of files) {
    const text = await readLatin1(join(root, path));
    for (const host of registryHosts) {
      if (text.includes(host)) refused.push(`${path}: ${host}`);
    }
  }
  assertEquals(refused, []);
});

function mayImport(from: string, to: string): boolean {
  const [importer, imported] = [roomOf(from), roomOf(to)];
  if (importer === undefined || imported === undefined) return false;
  return importer === imported || (importsOf(importer)).includes(imported);
}

function importsOf(room: string): readonly string[] {
  return rooms.find(({ name }) => name === room)?.imports ?? [];
}

/** Returns the folder of lib/ that a file lies in, or the name of a file directly in lib/. */
function roomOf(path: string): string | undefined {
  return /^lib\/([^/]+)/.exec(path)?.[1];
}

/** Matches a declaration that a file exports, with its name. */
const declaration =
  /^export (?:abstract |async |declare )*(?:function\*?|class|interface|type|const|let|enum) (\w+)/gm;

interface Import {
  readonly from: string;
  /** Path relative to the repository's root. */
  readonly to: string;
}

async function listImports(): Promise<Import[]> {
  const graph = await readLib();
  return [...graph].flatMap(([from, imports]) =>
    imports.filter((to) => isAbsolute(to)).map((to) => ({
      from: relative(root, from),
      to: relative(root, to),
    }))
  ).filter(({ from }) => from.startsWith("lib/"));
}

async function readLib(): Promise<ModuleGraph> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_layout_" });
  try {
    const entry = join(folder, "entry.ts");
    const lines = (await listScripts()).map((path) =>
      `import ${JSON.stringify(pathToFileURL(join(root, path)).href)};\n`
    );
    await Deno.writeTextFile(entry, lines.join(""));
    return await readModuleGraph(entry, join(root, "deno.json"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function listScripts(): Promise<string[]> {
  return (await listFiles()).filter((path) => /^lib\/.*\.(ts|tsx|mts|js|mjs)$/.test(path));
}

/**
 * Lists every file that is or would be committed. If git is not available, then the function lists
 * all files that .gitignore does not exclude.
 */
async function listFiles(): Promise<string[]> {
  try {
    const listed = await readOutput("git", [
      ...["-C", root, "ls-files", "-z"],
      ...["--cached", "--others", "--exclude-standard"],
    ]);
    return listed.split("\0").filter((path) => path && isFile(path));
  } catch {
    return await Array.fromAsync(walk(""));
  }
}

/**
 * Returns whether a path is a regular file. Git also lists symbolic links, and deleted files
 * whose deletion is not yet committed.
 */
function isFile(path: string): boolean {
  try {
    return Deno.lstatSync(join(root, path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function* walk(folder: string): AsyncGenerator<string> {
  const ignored = /^(\.git|node_modules|coverage|data\/runs)$|\.tmp$/;
  for await (const entry of Deno.readDir(join(root, folder))) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (ignored.test(path)) continue;
    if (entry.isDirectory) yield* walk(path);
    else if (entry.isFile) yield path;
  }
}

async function readOutput(command: string, args: string[]): Promise<string> {
  const child = new Deno.Command(command, {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stdout, stderr } = await child.output();
  if (!success) {
    throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
  }
  return new TextDecoder().decode(stdout);
}

/** Latin-1 decodes each byte as one character, so binary files can be searched too. */
async function readLatin1(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  return new TextDecoder("latin1").decode(bytes).toLowerCase();
}
