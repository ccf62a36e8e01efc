/**
 * Finds files in the folder `shared` next to the repository. Only the machines that build the
 * project have this folder. On all other machines, tests that need the folder are skipped.
 */
import { existsSync } from "node:fs";
import { dirname, fromFileUrl } from "./paths.ts";
import type { Requirement } from "./skip.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 4)}/shared`;

/** Returns the path of a file in the folder `shared`. The file need not exist. */
export function sharedFile(name: string): string {
  return `${folder}/${name}`;
}

/** Returns the requirement for a test that reads a file in the folder `shared`. */
export function needsShared(name: string): Requirement {
  return existsSync(sharedFile(name)) ||
    `needs ../shared/${name}, which is not next to this repository`;
}
