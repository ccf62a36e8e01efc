/** JSON files that a run writes about itself, read back. */
import { describeProblem } from "../system/describe_problem.ts";
import { RunError } from "./run_folder.ts";

/**
 * What a file holds; undefined where there is none.
 *
 * @param parse refuses by an error what the file should not hold
 * @param remedy what to do when the file is broken
 * @throws {RunError} when it is
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
      `Reading ${path}: wanted what a run has written there, found something else ` +
        `(${describeProblem(cause)}). ${remedy}`,
      { cause },
    );
  }
}
