/**
 * Keeps results that take long to compute in the user's cache, under a hash of everything they
 * depend on.
 */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * Returns the result computed earlier from the same inputs, or else computes and keeps it.
 *
 * @param folder folder of the cache, created if necessary
 * @param of everything the result depends on
 * @param compute function whose result JSON can hold
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
    // There is no kept result, or its file is damaged.
  }
  const result = await compute();
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, JSON.stringify(result));
  return result;
}
