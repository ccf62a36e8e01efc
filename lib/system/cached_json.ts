/**
 * Keeps the results of slow computations in the user's cache. Each result is stored under a hash of
 * everything that it depends on.
 */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * Returns the cached result for the same inputs, or else computes the result and caches it.
 *
 * @param folder folder of the cache, created if necessary
 * @param of everything that the result depends on
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
