/**
 * The layout of the repository, held: which folder may import which, what lies at the top level,
 * and that no file names a package registry's host. (Hosts belong in the package managers' own
 * settings, which differ between machines.)
 */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What a folder of lib/, or a file beside them, may import besides its own files. */
const mayImportFrom: Readonly<Record<string, readonly string[]>> = {
  "random.ts": [],
  "images.ts": [],
  system: [],
  sudoku: [],
  native: [],
  compile: ["system", "native"],
  engine: ["random.ts", "system", "native"],
  dataset: ["random.ts", "images.ts", "system"],
  models: ["random.ts", "images.ts", "system", "engine", "dataset"],
  training: ["random.ts", "images.ts", "system", "engine", "compile", "dataset", "models"],
  evaluation: [
    "random.ts",
    "images.ts",
    "system",
    "native",
    "engine",
    "compile",
    "dataset",
    "models",
    "training",
  ],
  display: ["images.ts"],
  runs: [
    "random.ts",
    "images.ts",
    "system",
    "native",
    "engine",
    "dataset",
    "models",
    "training",
    "evaluation",
    "display",
  ],
  experiments: [
    "random.ts",
    "images.ts",
    "system",
    "engine",
    "dataset",
    "models",
    "training",
    "evaluation",
    "display",
    "runs",
  ],
  publishing: [
    "random.ts",
    "images.ts",
    "system",
    "engine",
    "dataset",
    "models",
    "evaluation",
    "display",
    "runs",
  ],
  notebooks: ["images.ts", "system", "engine", "display"],
  digits: [
    "images.ts",
    "system",
    "engine",
    "dataset",
    "models",
    "evaluation",
    "sudoku",
    "display",
  ],
  bench: [
    "random.ts",
    "images.ts",
    "system",
    "native",
    "engine",
    "compile",
    "dataset",
    "models",
    "training",
    "evaluation",
    "sudoku",
    "display",
    "runs",
  ],
  web: ["system", "sudoku", "digits"],
  gate: ["models", "training", "evaluation", "sudoku", "bench"],
  cli: [
    "system",
    "native",
    "engine",
    "dataset",
    "models",
    "training",
    "evaluation",
    "sudoku",
    "display",
    "runs",
    "experiments",
    "publishing",
    "notebooks",
    "bench",
    "digits",
    "web",
    "gate",
  ],
};

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

// In pieces, so that this file doesn't hold what it forbids.
const registryHosts = [
  ["npm", "js", "."],
  ["py", "pi", ".org"],
  ["python", "hosted", ".org"],
  ["j", "sr", ".io"],
  ["crates", ".", "io"],
  ["deb", ".debian", ".org"],
].map((pieces) => pieces.join(""));

const root = dirname(import.meta.dirname!);

Deno.test("each folder of lib/ imports what the map allows", async () => {
  const imports = await listImports();
  assertGreater(imports.length, 10);
  const refused = imports.filter(({ from, to }) => !mayImport(from, to));
  assertEquals(refused, []);
});

Deno.test("the map allows nothing that no file needs", async () => {
  const needed = new Set(
    (await listImports()).map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`),
  );
  const idle = Object.entries(mayImportFrom).flatMap(([room, others]) =>
    others.map((other) => `${room} -> ${other}`).filter((pair) => !needed.has(pair))
  );
  assertEquals(idle, []);
});

Deno.test("no folder of lib/ is imported by one that it imports", () => {
  const order: string[] = [];
  const place = (room: string, importers: readonly string[]): void => {
    assert(!importers.includes(room), [...importers, room].join(" -> "));
    if (order.includes(room)) return;
    for (const other of mayImportFrom[room]) place(other, [...importers, room]);
    order.push(room);
  };
  for (const room of Object.keys(mayImportFrom)) place(room, []);
  assertEquals(order.length, Object.keys(mayImportFrom).length);
});

Deno.test("the map refuses what it does not name", () => {
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

Deno.test("the top level holds only what belongs there", async () => {
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
  return importer === imported || (mayImportFrom[importer] ?? []).includes(imported);
}

/** The folder of lib/ that a file lies in, or the file itself where it lies in none. */
function roomOf(path: string): string | undefined {
  return /^lib\/([^/]+)/.exec(path)?.[1];
}

interface Import {
  readonly from: string;
  /** A path in the repository. */
  readonly to: string;
}

/**
 * Every import of a file by a file in lib/: of values, of types, re-exports and literal import()
 * calls.
 */
async function listImports(): Promise<Import[]> {
  const scripts = (await listFiles()).filter((path) => /^lib\/.*\.(ts|tsx|mts|js|mjs)$/.test(path));
  const graph = await readModuleGraph(scripts);
  const imports = scripts.flatMap((from) => {
    const module = graph.modules.find(({ local }) => local === join(root, from));
    if (!module || module.error) {
      throw new Error(`${from} is no module: ${module?.error ?? "not found"}`);
    }
    return (module.dependencies ?? []).flatMap(({ code, type }) =>
      [code, type].flatMap((target) => target?.specifier ?? [])
    ).map((specifier) => ({ from, to: specifier }));
  });
  return imports.filter(({ to }) => to.startsWith("file:")).map((
    { from, to },
  ) => ({ from, to: relative(root, fileURLToPath(to)) }));
}

interface ModuleGraph {
  readonly modules: {
    readonly local?: string;
    readonly error?: string;
    readonly dependencies?: {
      readonly code?: { readonly specifier?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

/** Deno's own view of the modules, so that no import escapes by the way it is written. */
async function readModuleGraph(paths: string[]): Promise<ModuleGraph> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_layout_" });
  try {
    const entry = join(folder, "entry.ts");
    const lines = paths.map((path) =>
      `import ${JSON.stringify(pathToFileURL(join(root, path)).href)};\n`
    );
    await Deno.writeTextFile(entry, lines.join(""));
    const config = join(root, "deno.json");
    const text = await readOutput(Deno.execPath(), [
      ...["info", "--json", "--config", config, entry],
    ]);
    return JSON.parse(text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Every file that is or would be committed. Without git or its folder: all but what .gitignore
 * names.
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

/** A deleted file is listed until the deletion is committed; a link is no content of its own. */
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

/** A byte a character, so that binary files can be searched too. */
async function readLatin1(path: string): Promise<string> {
  const bytes = await Deno.readFile(path);
  return new TextDecoder("latin1").decode(bytes).toLowerCase();
}
