/** Reads Deno's own graph of imports, which misses no import. */
import { fileURLToPath } from "node:url";

/** For each file: the files that it imports, for values or for types. */
export type ModuleGraph = ReadonlyMap<string, readonly string[]>;

/**
 * Returns the graph of all files that a file imports, directly or indirectly. Files have absolute
 * paths, and all other modules keep their addresses.
 *
 * @param config the deno.json that resolves names; default: the nearest one above the file
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

/** Returns a path of imports from a file back to itself, or undefined if there is none. */
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
