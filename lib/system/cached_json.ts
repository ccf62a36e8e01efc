/**
 * Results that take long and depend on nothing but what can be hashed, kept in the user's cache.
 */
import { createHash } from "node:crypto";
import { writeAtomically } from "./atomic_write.ts";

/**
 * What was computed from the same things before; else computes and keeps it.
 *
 * @param folder of the cache, made if need be
 * @param of all that the result depends on
 * @param compute gives what JSON can hold
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
    // Nothing kept, or a file that something has damaged.
  }
  const result = await compute();
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, JSON.stringify(result));
  return result;
}
