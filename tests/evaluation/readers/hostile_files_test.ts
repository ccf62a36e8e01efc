/**
 * Tests malicious or damaged files of arrays and pictures. Each must be read or refused with a
 * message, quickly and in memory of a small multiple of its size. SUDOGAN_NIGHTLY=1 deno task test
 * tries 100,000 files of each format.
 */
import { hostileFiles, readHostileFiles } from "../../support/hostile/read_hostile_files.ts";

for (const format of ["npy", "npz", "PNG"] as const) {
  Deno.test(`${hostileFiles} hostile ${format} files are read or refused, and none takes much memory`, () =>
    readHostileFiles(format, .4));
}
