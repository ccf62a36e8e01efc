/**
 * Reads weights from two files. A JSON file maps the name of each tensor to its shape and its
 * offset. An offset (`off`) counts numbers, not bytes. A file with the same name and the extension
 * .f32 contains the numbers as little-endian float32.
 */
import { z } from "zod";
import { sha256 } from "../../models/weights.ts";
import { type NamedTensor, readWeightBytes, type WeightFile } from "./named_tensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

const tableSchema = z.record(
  z.string(),
  z.object({
    shape: z.array(z.int().nonnegative()),
    off: z.int().nonnegative(),
  }),
);

/**
 * Reads the tensors that a JSON file lists. The returned hash is the hash of the .f32 file.
 *
 * @param path path of the JSON file, which ends in .json
 * @throws {WeightFileError} when a file is missing or broken, or when the .f32 file contains too
 * few numbers
 */
export async function readFloatTable(path: string): Promise<WeightFile> {
  const table = parseTable(await readWeightBytes(path), path);
  const numbers = path.replace(/\.json$/, ".f32");
  const bytes = await readWeightBytes(numbers);
  const values = new Float32Array(bytes.buffer, 0, bytes.length >> 2);
  const tensors = new Map<string, NamedTensor>();
  for (const [name, { shape, off }] of Object.entries(table)) {
    const end = off + shape.reduce((product, size) => product * size, 1);
    if (!(end <= values.length)) {
      throw new WeightFileError(
        `${numbers}: wanted ${end} numbers for '${name}', found ${values.length}. Was it copied completely?`,
      );
    }
    tensors.set(name, { shape, values: values.subarray(off, end) });
  }
  return { tensors, hash: await sha256(bytes) };
}

function parseTable(bytes: Uint8Array, path: string) {
  try {
    return tableSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new WeightFileError(
      `${path}: wanted JSON that maps names to shapes and offsets, found ` +
        `${cause instanceof Error ? cause.message : cause}.`,
      { cause },
    );
  }
}
