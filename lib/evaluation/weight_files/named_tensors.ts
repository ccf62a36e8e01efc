/** What the readers of weight files return. */
import type { NamedTensor } from "../../models/safetensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

export type { NamedTensor };

/** Tensors by name. Their numbers may lie in the same memory: not to be written to. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** A file's tensors, and the file's SHA-256. */
export interface WeightFile {
  readonly tensors: NamedTensors;
  readonly hash: string;
}

export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The file, for the message. */
  readonly path: string;
}

/**
 * A tensor of a file.
 *
 * @throws {WeightFileError} when the file has none of this name, or one of another shape
 */
export function takeTensor(
  tensors: NamedTensors,
  { name, shape, path }: WantedTensor,
): NamedTensor {
  const tensor = tensors.get(name);
  if (tensor && `${tensor.shape}` === `${shape}`) return tensor;
  const found = tensor
    ? `one of shape [${tensor.shape}]`
    : `none among its ${tensors.size} tensors`;
  throw new WeightFileError(
    `${path}: wanted the tensor '${name}' of shape [${shape}], found ${found}. Is it the file of another network?`,
  );
}

/**
 * The bytes of a weight file.
 *
 * @throws {WeightFileError} when there is no such file
 */
export async function readWeightBytes(
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new WeightFileError(
      `${path}: wanted a file of weights, found no such file.`,
      { cause },
    );
  }
}
