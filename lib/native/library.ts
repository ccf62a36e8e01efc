/** Where the files of TensorFlow's library are that tfjs-node links to. */

/**
 * The files of TensorFlow's library that tfjs-node links to, where they really lie; none when it is
 * not in place.
 */
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
    // No folder, or a link to a library that has been removed.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return [...files].sort();
}
