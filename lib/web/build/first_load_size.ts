/** Computes how much a browser downloads before it shows the page. */
import { gzipSync } from "node:zlib";
import { firstLoad, type PageFiles } from "./build_page.ts";

/** Returns the size of the first load in bytes, with each file compressed separately. */
export function firstLoadSize(files: PageFiles): number {
  return firstLoad.reduce(
    (sum, name) => sum + gzipSync(files.get(name)!, { level: 9 }).length,
    0,
  );
}
