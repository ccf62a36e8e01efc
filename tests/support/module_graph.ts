/** Reads the import graph that Deno itself uses, so that no import is missed. */
import { fileURLToPath } from "node:url";

/** Maps each file to the files from which it imports values or types. */
export type ModuleGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Returns the graph of all files that a file imports, directly or indirectly. Files are named by
 * their absolute paths, and all other modules by their addresses.
 *
 * @param config path of the deno.json that resolves the names of imports; default: the nearest
 * deno.json above the file
 */
export async function readModuleGraph(
  entry: string,
  config?: string,
): Promise<ModuleGraph> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...(config ? ["--config", config] : []), entry],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const { modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
  return new Map(modules.map(({ specifier, error, dependencies = [] }) => {
    if (error) throw new Error(`${specifier} is not a module: ${error}`);
    const imports = dependencies.flatMap(({ code, type }) =>
      [code, type].flatMap((target) => target?.specifier ?? [])
    );
    return [pathOf(specifier), [...new Set(imports.map(pathOf))]];
  }));
}

/**
 * Returns an import cycle as a list that starts and ends with the same file, or undefined if there
 * is no cycle.
 */
export function findCircle(graph: ModuleGraph): readonly string[] | undefined {
  const done = new Set<string>();
  const search = (path: readonly string[]): readonly string[] | undefined => {
    const file = path[path.length - 1];
    const first = path.indexOf(file);
    if (first < path.length - 1) return path.slice(first);
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = search([...path, next]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = search([file]);
    if (circle) return circle;
  }
  return undefined;
}

interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier?: string };
      readonly type?: { readonly specifier?: string };
    }[];
  }[];
}

function pathOf(specifier: string): string {
  return specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
}
