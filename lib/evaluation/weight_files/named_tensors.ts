import type { NamedTensor } from "../../models/safetensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

export type { NamedTensor };

/** Tensors by name. They may share memory, so do not write to them. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** A file's tensors and SHA-256. */
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
 * @throws {WeightFileError} when the name is missing or the shape differs
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
 * Reads a weight file.
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
