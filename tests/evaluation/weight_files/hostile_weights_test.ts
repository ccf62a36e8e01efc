/**
 * Files of weights that somebody made to do harm, or that a disk has broken: each is read or
 * refused with a message, in a moment, and takes no more memory than a small multiple of its size.
 * SUDOGAN_NIGHTLY=1 deno task test tries 100,000 of each format.
 */
import { hostileFiles, readHostileFiles } from "../../support/hostile/read_hostile_files.ts";

for (const format of ["PyTorch", "older PyTorch", "HDF5"] as const) {
  Deno.test(`${hostileFiles} hostile ${format} files are read or refused, and none takes much memory`, () =>
    readHostileFiles(format, .25));
}
