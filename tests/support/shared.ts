/**
 * What lies beside the repository on the machines that build the project. Tests that need it are
 * skipped elsewhere.
 */
import { existsSync } from "node:fs";
import { dirname, fromFileUrl } from "./paths.ts";
import type { Requirement } from "./skip.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 4)}/shared`;

/** The path of a file in the folder `shared` beside the repository, whether it is there or not. */
export function sharedFile(name: string): string {
  return `${folder}/${name}`;
}

/** What a test requires that reads this file. */
export function needsShared(name: string): Requirement {
  return existsSync(sharedFile(name)) ||
    `needs ../shared/${name}, which is not beside this repository`;
}
