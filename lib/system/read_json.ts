/** JSON files, read and checked. */
import { describeProblem } from "./describe_problem.ts";

export interface ReadJsonOptions<T> {
  /** Checks what the file holds, and throws where it is something else. */
  readonly parse: (json: unknown) => T;
  /** Makes the error from what was found wrong, in a few words. */
  readonly refuse: (problem: string, cause: unknown) => Error;
}

/**
 * Reads a JSON file.
 *
 * @returns undefined where there is no such file
 * @throws what `refuse` makes, when the file is not JSON or `parse` throws
 */
export async function readJson<T>(
  path: string,
  { parse, refuse }: ReadJsonOptions<T>,
): Promise<T | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return parse(JSON.parse(text));
  } catch (cause) {
    throw refuse(describeProblem(cause), cause);
  }
}
