/** JSON files that a run writes about itself, read back. */
import { readJson } from "../system/read_json.ts";
import { RunError } from "./run_folder.ts";

/**
 * Reads a record of a run.
 *
 * @param parse throws where the file holds something else
 * @param remedy what to do when the file is broken
 * @returns undefined where there is no such file
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
        `Reading ${path}: wanted what a run has written there, found something else (${problem}). ` +
          remedy,
        { cause },
      ),
  });
}
