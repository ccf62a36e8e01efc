/** Reads and checks JSON files. */
import { describeProblem } from "./describe_problem.ts";

export interface ReadJsonOptions<T> {
  /** Turns the parsed JSON into the result, or throws if the JSON is not valid for this file. */
  readonly parse: (json: unknown) => T;
  readonly refuse: (problem: string, cause: unknown) => Error;
}

/**
 * Reads a JSON file.
 *
 * @returns the result of `parse`, or undefined if there is no file
 * @throws the error that `refuse` returns, if the content is invalid
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
