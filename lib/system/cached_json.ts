/** Keeps the results of slow computations in the user's cache. */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * Returns a cached result, or computes and caches it.
 *
 * @param of all inputs of the computation
 * @param compute returns a JSON value
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
    // No result, or a damaged file.
  }
  const result = await compute();
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, JSON.stringify(result));
  return result;
}
