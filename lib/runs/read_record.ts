import { readJson } from "../system/read_json.ts";
import { RunError } from "./run_folder.ts";

/**
 * Reads a JSON file that a run wrote about itself.
 *
 * @param parse converts the content, and throws if the content is invalid
 * @param remedy advice for the error message, which tells the user what to do if the file is broken
 * @returns the content, or undefined if there is no file
 * @throws {RunError} when the file is broken
 */
export async function readRecord<T>(
  path: string,
  parse: (json: unknown) => T,
  remedy: string,
): Promise<T | undefined> {
  return await readJson(path, {
    parse,
    refuse: (problem, cause) =>
      new RunError(
        `Reading ${path}: wanted the file that a run wrote, found something else (${problem}). ` +
          remedy,
        { cause },
      ),
  });
}
