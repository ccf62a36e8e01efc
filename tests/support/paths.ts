import { dirname as parentOf } from "node:path";
import { fileURLToPath } from "node:url";

export { fileURLToPath as fromFileUrl };

/** Returns the folder that is `levels` levels above a path. */
export function dirname(path: string, levels: number): string {
  return levels === 0 ? path : dirname(parentOf(path), levels - 1);
}
