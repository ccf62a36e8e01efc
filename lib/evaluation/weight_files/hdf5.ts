/**
 * Reads float32 tensors from HDF5 files, the format in which Keras stores weights. The HDF5 library
 * (h5wasm) runs in WebAssembly and has access only to the given bytes. Compression, external links
 * and number types other than float32 are not supported.
 */
import * as h5 from "h5wasm";
import { sha256 } from "../../models/weights.ts";
import {
  type NamedTensor,
  type NamedTensors,
  readWeightBytes,
  type WeightFile,
} from "./named_tensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

/**
 * Maximum depth of nested groups. Files from Keras need three levels. A limit is necessary because
 * a group may contain itself.
 */
const MAX_DEPTH = 8;
/** Minimum number of bytes that an object takes up in a file. */
const OBJECT_BYTES = 16;

/**
 * Reads the tensors from a file. The name of a tensor is its path in the file, without a leading
 * slash.
 *
 * @throws {WeightFileError} when the file is missing or broken, or when it contains anything but
 * float32 tensors
 */
export async function readHdf5File(path: string): Promise<WeightFile> {
  const bytes = await readWeightBytes(path);
  return {
    tensors: await decodeHdf5(bytes, path),
    hash: await sha256(bytes),
  };
}

/**
 * Decodes the tensors in the bytes of a file.
 *
 * @param name name of the file, for error messages
 * @throws {WeightFileError} when the file is broken, or when it contains anything but float32
 * tensors
 */
export async function decodeHdf5(
  bytes: Uint8Array,
  name: string,
): Promise<NamedTensors> {
  const { FS, activate_throwing_error_handler } = await h5.ready;
  // Makes the library throw an error with a description whenever something goes wrong. By default,
  // the library only prints the description.
  activate_throwing_error_handler();
  const path = `/${crypto.randomUUID()}`;
  FS.writeFile(path, bytes);
  try {
    return readTensors(path, bytes.length);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new WeightFileError(
      `Reading tensors from ${name}: wanted an HDF5 file of float32 tensors, found ` +
        `${rootOf(message)}.`,
      { cause },
    );
  } finally {
    FS.unlink(path);
  }
}

/**
 * Extracts the cause of an error from the call stack in the library's message. The cause is in the
 * last numbered line.
 */
function rootOf(message: string): string {
  const chain = [...message.matchAll(/^ *#\d+: .*?\(\): (.*)$/gm)];
  return chain.at(-1)?.[1] ?? message;
}

function readTensors(path: string, fileBytes: number): NamedTensors {
  const file = new h5.File(path, "r");
  try {
    return new TensorWalk(fileBytes).read(file);
  } finally {
    // Closing a broken file may also throw an error, which then replaces the first error.
    file.close();
  }
}

/**
 * Collects the tensors in a file. Rejects sizes that exceed the size of the file, because such
 * sizes could exhaust memory.
 */
class TensorWalk {
  readonly #tensors = new Map<string, NamedTensor>();
  #bytesLeft: number;
  #objectsLeft: number;

  constructor(fileBytes: number) {
    this.#bytesLeft = fileBytes;
    this.#objectsLeft = fileBytes / OBJECT_BYTES;
  }

  read(group: h5.Group, within = "", depth = 0): NamedTensors {
    if (depth > MAX_DEPTH) throw new Error(`groups ${depth} deep at ${within}`);
    for (const key of group.keys()) {
      if (--this.#objectsLeft < 0) throw new Error("more objects than bytes");
      const path = within + key;
      const entity = group.get(key);
      if (entity instanceof h5.Group) this.read(entity, `${path}/`, depth + 1);
      else if (entity instanceof h5.Dataset) {
        this.#tensors.set(path, this.#readTensor(entity, path));
      } else throw new Error(`'${path}', which is not a tensor`);
    }
    return this.#tensors;
  }

  #readTensor(dataset: h5.Dataset, path: string): NamedTensor {
    const { type, size, littleEndian, shape } = dataset.metadata;
    const isFloat32 = type === 1 && size === 4 && littleEndian;
    if (!isFloat32 || !shape || dataset.filters.length > 0) {
      throw new Error(`'${path}' in a different form`);
    }
    const count = shape.reduce((product, size) => product * size, 1);
    this.#bytesLeft -= 4 * count;
    // This form of the comparison also rejects NaN.
    if (!(this.#bytesLeft >= 0)) {
      throw new Error(`'${path}' of shape [${shape}] in a smaller file`);
    }
    const value = dataset.value;
    // The library returns a tensor without axes as a number.
    return {
      shape,
      values: value instanceof Float32Array ? value : Float32Array.of(Number(value)),
    };
  }
}
