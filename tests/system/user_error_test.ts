/** Tests that every error class in lib/ is either meant for users or listed here as internal. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { SudokuError } from "../../lib/sudoku/mod.ts";
import { UserError } from "../../lib/system/user_error.ts";

/** Error classes whose messages never reach users unchanged, each with the reason. */
const internal: Readonly<Record<string, string>> = {
  CompileError: "for the programmer who calls compile(); its stack says where",
  GameError: "the page turns it into a message of its own",
  InterruptedError: "commands that train turn it into a message of their own",
  OtherOperations: "trace.ts turns it into a CompileError that names the operation",
  RouteError: "provision.ts turns it into advice",
};

/**
 * The base classes of errors that commands print as a sentence. The errors of lib/sudoku have a
 * separate base class, because lib/sudoku imports no other folder.
 */
const bases = { UserError, SudokuError };

const root = join(import.meta.dirname!, "../..");

Deno.test("every error class is meant for users or listed as internal", async () => {
  const classes = (await Array.fromAsync(errorClasses("lib"))).flat();
  const direct = classes.filter(({ base }) => base in globalThis)
    .map(({ name }) => name).filter((name) => !(name in bases));
  assertEquals(direct.sort(), Object.keys(internal).sort());
});

Deno.test("every error class for users extends one of their base classes", async () => {
  const classes = await Array.fromAsync(errorClasses("lib"));
  const others = classes.filter(({ name, exported }) =>
    exported && !(name in bases) && !(name in internal)
  );
  assert(others.length > 10);
  for (const { path, name } of others) {
    const module = await import(join(root, path));
    const { prototype } = module[name];
    assert(
      Object.values(bases).some((base) => prototype instanceof base),
      `${path}: ${name}`,
    );
  }
});

interface ErrorClass {
  readonly path: string;
  readonly name: string;
  readonly base: string;
  readonly exported: boolean;
}

async function* errorClasses(folder: string): AsyncGenerator<ErrorClass> {
  for await (const entry of Deno.readDir(join(root, folder))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* errorClasses(path);
    if (!path.endsWith(".ts")) continue;
    const text = await Deno.readTextFile(join(root, path));
    const pattern = /^\s*(export )?.*?\bclass (\w+)\s+extends (\w*Error)\b/gm;
    for (const [, exported, name, base] of text.matchAll(pattern)) {
      yield { path, name, base, exported: exported !== undefined };
    }
  }
}
