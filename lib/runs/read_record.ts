/** Reads back the JSON files that a run writes about itself. */
import { describeProblem } from "../system/describe_problem.ts";
import { RunError } from "./run_folder.ts";

/**
 * Returns the content of a file, or undefined if there is no file.
 *
 * @param parse throws if the content is invalid
 * @param remedy what to do if the file is broken
 * @throws {RunError} when the file is broken
 */
export async function readRecord<T>(
  path: string,
  parse: (json: unknown) => T,
  remedy: string,
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
    throw new RunError(
      `Reading ${path}: wanted the file that a run wrote, found something else ` +
        `(${describeProblem(cause)}). ${remedy}`,
      { cause },
    );
  }
}
