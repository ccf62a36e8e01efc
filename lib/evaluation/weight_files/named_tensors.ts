/** Defines what the readers of weight files return. */
import type { NamedTensor } from "../../models/safetensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

export type { NamedTensor };

/** Maps names to tensors. The tensors may share memory, so do not write to them. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;

/** The tensors in a file, and the SHA-256 that identifies them. */
export interface WeightFile {
  readonly tensors: NamedTensors;
  readonly hash: string;
}

export interface WantedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Path to the file, for error messages. */
  readonly path: string;
}

/**
 * Returns the tensor with the given name and shape.
 *
 * @throws {WeightFileError} when there is no tensor with this name, or it has a different shape
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
 * Reads all bytes of a weight file.
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
