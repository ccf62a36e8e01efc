/** Reads NumPy's .npz files, which are ZIP archives of .npy files. */
import { BlobReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { EvaluationError } from "../evaluation_error.ts";
import { type NumberArray, parseNpy } from "./npy.ts";

/**
 * Maximum compression ratio, which files of floats do not exceed. An archive that claims a higher
 * ratio is rejected, since unpacking it could exhaust memory.
 */
const LARGEST_RATIO = 16;
const FREE_BYTES = 1 << 20;

/**
 * Reads all arrays of a .npz file.
 *
 * @param bytes the whole file
 * @param name the file's name, for error messages
 * @returns the arrays by their names, without the extension `.npy`
 * @throws {EvaluationError} when the file is not a .npz file, or {@linkcode parseNpy} cannot read
 * one of its arrays
 */
export async function readNpz(
  bytes: Uint8Array,
  name: string,
): Promise<Map<string, NumberArray>> {
  const arrays = new Map<string, NumberArray>();
  // Does not use workers, which would outlive the call.
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

/**
 * Collects the bytes of an archive's entry. Throws an error if the entry unpacks to more bytes than
 * the archive's directory claims.
 */
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
