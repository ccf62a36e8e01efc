/**
 * Loads the files of the neural networks in the page. The page passes the files on to the worker
 * only if the page was opened from disk, because passing on so much text keeps the page busy. If a
 * page was opened from disk, the browser does not allow the page's worker to load a script.
 */
import { loadScript } from "../chunks/chunk.ts";
import { MODELS_SCRIPT, type PackedFiles, packedFiles } from "./packed_files.ts";

/**
 * Returns a function that loads the files. If the worker can load the files itself, then the
 * returned function loads nothing and resolves to null.
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
