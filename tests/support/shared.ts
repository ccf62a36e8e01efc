/**
 * Finds files in a folder next to the repository, which the machines that build the project have.
 * Tests that need it are skipped elsewhere.
 */
import { existsSync } from "node:fs";
import { dirname, fromFileUrl } from "./paths.ts";
import type { Requirement } from "./skip.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 4)}/shared`;

/**
 * Returns the path of a file in the folder `shared` next to the repository; the file may not exist.
 */
export function sharedFile(name: string): string {
  return `${folder}/${name}`;
}

/** Returns the requirement of a test that reads this file. */
export function needsShared(name: string): Requirement {
  return existsSync(sharedFile(name)) ||
    `needs ../shared/${name}, which is not beside this repository`;
}
