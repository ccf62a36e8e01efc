/**
 * Loads the files of the neural networks in the page. Passing this much text on to the worker keeps
 * the page busy, so the page does this only if it was opened from disk. From disk, the browser does
 * not allow the worker to load a script.
 */
import { loadScript } from "../chunks/chunk.ts";
import { MODELS_SCRIPT, type PackedFiles, packedFiles } from "./packed_files.ts";

/**
 * Returns a function that loads the files. If the worker can load them itself, then the function
 * returns null instead.
 *
 * @param protocol the protocol of the page's address, such as `file:`
 */
export function networkFilesLoader(protocol: string): () => Promise<PackedFiles | null> {
  if (protocol !== "file:") return () => Promise.resolve(null);
  return async () => {
    if (packedFiles() === undefined) await loadScript(MODELS_SCRIPT);
    return packedFiles()!;
  };
}
