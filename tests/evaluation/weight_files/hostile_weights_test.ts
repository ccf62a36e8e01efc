/**
 * Tests that malicious and damaged weight files do no harm. Each file must be either read or
 * refused with a message. Reading or refusing a file must be quick and take little memory. The
 * command `SUDOGAN_NIGHTLY=1 deno task test` tries 100,000 files of each format.
 */
import { hostileFiles, readHostileFiles } from "../../support/hostile/read_hostile_files.ts";

for (const format of ["PyTorch", "older PyTorch", "HDF5"] as const) {
  Deno.test(`${hostileFiles} hostile ${format} files are read or refused, and none takes much memory`, () =>
    readHostileFiles(format, .25));
}
