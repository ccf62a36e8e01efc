/**
 * Files of weights that somebody made to do harm, or that a disk has broken: each is read or refused with a message, and takes
 * no more memory than a small multiple of its size. FUZZ=100000 deno task test tries that many of each format.
 */
import { assert, assertLess } from "@std/assert";
import { decodeHdf5 } from "../../../lib/evaluation/weight_files/hdf5.ts";
import type { NamedTensors } from "../../../lib/evaluation/weight_files/named_tensors.ts";
import { decodeTorch } from "../../../lib/evaluation/weight_files/torch_file.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { randomStream } from "../../../lib/random.ts";
import { damage } from "../../support/damage.ts";

const rounds = Number(Deno.env.get("FUZZ") ?? 1000);
const golden = new URL("../../golden/weight_files/", import.meta.url);

const formats = [
  { name: "PyTorch", file: "tensors.pth", decode: decodeTorch },
  { name: "older PyTorch", file: "tensors_legacy.pth", decode: decodeTorch },
  { name: "HDF5", file: "tensors.h5", decode: decodeHdf5 },
] as const;

for (const { name, file, decode } of formats) {
  Deno.test(`${rounds} hostile ${name} files are read or refused, and none takes much memory`, async () => {
    const good = await Deno.readFile(new URL(file, golden));
    const random = randomStream(20261123, "hostile", name);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const bytes = damage(good, random);
      try {
        const tensors = await decode(bytes, "file");
        assert(bytesOf(tensors) <= 2 * bytes.length, `round ${round}`);
      } catch (error) {
        if (!(error instanceof WeightFileError)) {
          throw new Error(`round ${round}`, { cause: error });
        }
        assertLess(error.message.length, 1000 + bytes.length);
        refused++;
      }
    }
    assert(refused > rounds / 4, `only ${refused} were refused`);
  });
}

/** Bytes of memory that tensors hold; those that share it count once. */
function bytesOf(tensors: NamedTensors): number {
  const buffers = new Set(
    Array.from(tensors.values(), ({ values }) => values.buffer),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
