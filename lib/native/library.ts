/** Finds the TensorFlow library that tfjs-node uses. */

/**
 * Returns the paths of the library's files, with links resolved. If the library is not installed,
 * returns an empty list.
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
    // The folder is missing, or a link in the folder is broken.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return [...files].sort();
}

/**
 * Returns the file with TensorFlow's C interface, or undefined if there is none. TensorFlow's base
 * library (`libtensorflow_framework`) may be a file of its own, and does not have the interface.
 *
 * @param files the paths of the library's files, as {@linkcode findLibrary} returns them
 */
export function interfaceOf(files: readonly string[]): string | undefined {
  return files.find((file) => !/framework[^/\\]*$/.test(file));
}
