/** Reads and checks JSON files. */
import { describeProblem } from "./describe_problem.ts";

export interface ReadJsonOptions<T> {
  /** Parses the content, or throws if the content is invalid. */
  readonly parse: (json: unknown) => T;
  /** Creates the error to throw. `problem` is a short description of what is wrong. */
  readonly refuse: (problem: string, cause: unknown) => Error;
}

/**
 * Reads a JSON file.
 *
 * @returns the content, or undefined if there is no such file
 * @throws the error that `refuse` creates, when the file is not JSON or `parse` throws
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
