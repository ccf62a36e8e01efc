import type { NamedTensor } from "../../models/safetensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

export type { NamedTensor };

/** Tensors by name. The tensors may share memory, so their values must not be changed. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** The tensors of a file, and the SHA-256 hash of the file. */
export interface WeightFile {
  readonly tensors: NamedTensors;
  readonly hash: string;
}

export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly path: string;
}

/**
 * Returns the tensor with the given name and shape.
 *
 * @throws {WeightFileError} when there is no tensor with this name, or when its shape differs
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
    `${path}: wanted the tensor '${name}' of shape [${shape}], found ${found}. Is it a file of another network?`,
  );
}

/**
 * Reads the bytes of a weight file.
 *
 * @throws {WeightFileError} when the file does not exist
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
