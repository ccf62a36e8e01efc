import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { EvaluationError } from "../evaluation_error.ts";
import { type NumberArray, parseNpy } from "./npy.ts";

/**
 * Maximum compression ratio of an archive. Archives of floats do not exceed this ratio. Unpacking a
 * hostile archive with a higher ratio could use up all available memory.
 */
const LARGEST_RATIO = 16;
const FREE_BYTES = 1 << 20;

/**
 * Reads all arrays of a .npz file, which is a ZIP archive of .npy files.
 *
 * @param name the file's name, for error messages
 * @returns a map from each array's name, without the extension `.npy`, to the array
 * @throws {EvaluationError} when the file is not a .npz file, or {@linkcode parseNpy} rejects an
 * array
 */
export async function readNpz(
  bytes: Uint8Array,
  name: string,
): Promise<Map<string, NumberArray>> {
  const arrays = new Map<string, NumberArray>();
  // Web workers would still be running after the call.
  const reader = new ZipReader(new BlobReader(new Blob([bytes.slice()])), {
    useWebWorkers: false,
    checkSignature: true,
  });
  try {
    let left = bytes.length * LARGEST_RATIO + FREE_BYTES;
    for (const entry of await reader.getEntries()) {
      if (entry.directory || !entry.filename.endsWith(".npy")) continue;
      left -= entry.uncompressedSize;
      if (left < 0) {
        throw new EvaluationError(
          `${name}: wanted arrays of at most ${LARGEST_RATIO} times the file's size; ` +
            `${entry.filename} would be ${entry.uncompressedSize} bytes.`,
        );
      }
      const values = await entry.getData(
        new BoundedWriter(entry.uncompressedSize),
      );
      arrays.set(
        entry.filename.slice(0, -".npy".length),
        parseNpy(values, `${name}: ${entry.filename}`),
      );
    }
  } catch (cause) {
    if (cause instanceof EvaluationError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EvaluationError(
      `${name}: wanted a .npz file, found no readable ZIP archive: ${message}`,
      { cause },
    );
  } finally {
    await reader.close().catch(() => {});
  }
  return arrays;
}

/** Rejects an entry that unpacks to more bytes than the archive's directory claims. */
class BoundedWriter extends Uint8ArrayWriter {
  #left: number;

  constructor(size: number) {
    super();
    this.#left = size;
  }

  override writeUint8Array(array: Uint8Array): Promise<void> {
    this.#left -= array.length;
    if (this.#left < 0) throw new Error("an entry is longer than stated");
    return super.writeUint8Array(array);
  }
}
