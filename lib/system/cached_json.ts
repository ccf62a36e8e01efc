/**
 * Keeps the results of slow computations in the user's cache. The name of each file is a hash of
 * everything that the result depends on.
 */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * Returns the result from the cache. If it is not there, computes it and adds it to the cache.
 *
 * @param folder the folder of the cache, which is created if necessary
 * @param of everything on which the result depends
 * @param compute computes the result, which must be representable in JSON
 */
export async function cachedJson<T>(
  folder: string,
  of: readonly (string | number)[],
  compute: () => Promise<T>,
): Promise<T> {
  const key = createHash("sha256").update(JSON.stringify(of)).digest("hex");
  const path = `${folder}/${key.slice(0, 32)}.json`;
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    // There is no cached result, or its file is damaged.
  }
  const result = await compute();
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, JSON.stringify(result));
  return result;
}
