/** Finds the files of the TensorFlow library that tfjs-node links to. */

/** Returns the real paths of the library's files, or an empty list if it is not installed. */
export async function findLibrary(): Promise<string[]> {
  const manifest = import.meta.resolve("@tensorflow/tfjs-node/package.json");
  const folder = new URL("deps/lib/", manifest);
  const files = new Set<string>();
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (/^(lib)?tensorflow.*\.(so|dylib|dll)\b/.test(name)) {
        files.add(await Deno.realPath(new URL(name, folder)));
      }
    }
  } catch (error) {
    // There is no folder, or a link points to a library that has been removed.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return [...files].sort();
}
