/** Keeps the results of slow computations in the user's cache. */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * Returns the result of a computation from a cache folder. If the result is not in the folder, then
 * it is computed and stored there.
 *
 * @param of must contain every value on which the result depends; these values identify the result
 * in the cache
 * @param compute the computation, which must return a JSON value
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
