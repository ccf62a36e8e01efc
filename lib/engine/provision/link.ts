/**
 * Puts links into the package tfjs-node in node_modules. The links point to the files in the user's
 * cache.
 */
import type { CachedEngine } from "./cache.ts";

const addonPath = "lib/napi-v8/tfjs_binding.node";
const libraryFolder = "deps/lib";

/**
 * Returns whether the package contains the addon and TensorFlow's libraries. Empty files and broken
 * links do not count.
 */
export async function isLinked(packageFolder: string): Promise<boolean> {
  const addon = await Deno.stat(`${packageFolder}/${addonPath}`).catch(() => undefined);
  if (!addon || addon.size === 0) return false;
  const libraries = await libraryNames(packageFolder);
  const sizes = await Promise.all(
    libraries.map((name) =>
      Deno.stat(`${packageFolder}/${libraryFolder}/${name}`).then(
        ({ size }) => size,
        () => 0,
      )
    ),
  );
  return sizes.length > 0 && sizes.every((size) => size > 0);
}

/** Puts a link to each cached file into the package. Existing files are replaced. */
export async function link(
  packageFolder: string,
  cached: CachedEngine,
): Promise<void> {
  for (const { path } of cached.files) {
    const name = `${packageFolder}/${path}`;
    await Deno.mkdir(name.slice(0, name.lastIndexOf("/")), { recursive: true });
    const temporary = `${name}.${Deno.pid}.tmp`;
    // A killed process with the same id may have left this file.
    await Deno.remove(temporary).catch(() => {});
    await Deno.symlink(`${cached.folder}/${path}`, temporary);
    await Deno.rename(temporary, name);
  }
}

/** Removes the addon and the libraries from the package. Files in the cache are kept. */
export async function unlink(packageFolder: string): Promise<void> {
  const names = (await libraryNames(packageFolder)).map((name) => `${libraryFolder}/${name}`);
  for (const name of [addonPath, ...names]) {
    await Deno.remove(`${packageFolder}/${name}`).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

async function libraryNames(packageFolder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (
      const { name } of Deno.readDir(`${packageFolder}/${libraryFolder}`)
    ) {
      if (/^(lib)?tensorflow/.test(name)) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names;
}
