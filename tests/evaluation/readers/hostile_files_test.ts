/**
 * Tests how malicious or damaged files of arrays and pictures are handled. Each file must be either
 * read or refused with a message. The reader must be quick. It must not use more memory than a
 * small multiple of the file's size. The command `SUDOGAN_NIGHTLY=1 deno task test` tries 100,000
 * files of each format.
 */
import { hostileFiles, readHostileFiles } from "../../support/hostile/read_hostile_files.ts";

for (const format of ["npy", "npz", "PNG"] as const) {
  Deno.test(`${hostileFiles} hostile ${format} files are read or refused, and none takes much memory`, () =>
    readHostileFiles(format, .4));
}
