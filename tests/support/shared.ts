/** What lies beside the repository on the machines that build the project. Tests that need it are left out elsewhere. */
import { existsSync } from "node:fs";
import { dirname, fromFileUrl } from "./paths.ts";

const folder = `${dirname(fromFileUrl(import.meta.url), 4)}/shared`;

/** The path of a file in the folder `shared` beside the repository, if it is there. */
export function sharedFile(name: string): string | undefined {
  const path = `${folder}/${name}`;
  return existsSync(path) ? path : undefined;
}
