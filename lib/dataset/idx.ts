/**
 * Reads the IDX format, which MNIST's files use (Y. LeCun, C. Cortes, C. Burges, "The MNIST
 * database of handwritten digits"). A file consists of two zero bytes, a byte for the type of the
 * values, a byte for the number of dimensions, the size of each dimension as a big-endian 32-bit
 * number, and the values.
 */
import { DatasetError } from "./dataset_error.ts";

export interface IdxArray {
  readonly shape: readonly number[];
  /** The values in row-major order, as a view of the parsed bytes. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;
const MAX_DIMENSIONS = 3;

/**
 * Parses an IDX file of unsigned bytes with one to three dimensions. The values are not copied, so
 * a header with huge sizes does not cause a huge allocation.
 *
 * @param bytes content of the file, uncompressed
 * @param name name of the file, for error messages
 * @throws {DatasetError} when the bytes are not a valid IDX file of this kind
 *
 * @example Two labels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const { shape, values } = parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 3), "labels");
 * assertEquals(shape, [2]);
 * assertEquals([...values], [7, 3]);
 * ```
 */
export function parseIdx(bytes: Uint8Array, name: string): IdxArray {
  const dimensions = readMagic(bytes, name);
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) {
    throw new DatasetError(
      `${name}: wanted a header of ${headerLength} bytes, found ${bytes.length} bytes in all.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from(
    { length: dimensions },
    (_, i) => view.getUint32(4 + 4 * i),
  );
  // A BigInt is used because the product of three 32-bit sizes may exceed the 53 bits of a double.
  const wanted = shape.reduce((product, size) => product * BigInt(size), 1n);
  const found = bytes.length - headerLength;
  if (wanted !== BigInt(found)) {
    throw new DatasetError(
      `${name}: its header says ${shape.join(" x ")}, so wanted ${wanted} values after it, ` +
        `found ${found}.`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}

function readMagic(bytes: Uint8Array, name: string): number {
  const magic = [...bytes.subarray(0, 4)];
  const [zero0, zero1, type, dimensions] = magic;
  const known = magic.length === 4 && zero0 === 0 && zero1 === 0 &&
    type === UNSIGNED_BYTE;
  if (!known || dimensions < 1 || dimensions > MAX_DIMENSIONS) {
    const hex = magic.map((byte) => byte.toString(16).padStart(2, "0")).join(" ") || "nothing";
    throw new DatasetError(
      `${name}: wanted the magic number of an IDX file of bytes, 00 00 08 followed by 01, 02 or 03; found ${hex}.`,
    );
  }
  return dimensions;
}
