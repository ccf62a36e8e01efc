/**
 * Reads arrays in NumPy's .npy file format (numpy.lib.format, versions 1 to 3). Only unsigned bytes
 * and floats of 16, 32 or 64 bits are supported. Pickled objects are rejected, because they could
 * run code.
 */
import { EvaluationError } from "../evaluation_error.ts";

export interface NumberArray {
  readonly shape: readonly number[];
  /**
   * The numbers in row-major order, even if their order in the file is different. 16-bit floats are
   * converted to 32 bits.
   */
  readonly values: Uint8Array | Float32Array | Float64Array;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;
/** Maximum length of a header in bytes. NumPy has the same limit. */
const LONGEST_HEADER = 10_000;
const MOST_DIMENSIONS = 8;

const readers = {
  u1: { bytes: 1, read: (data: ArrayBuffer) => new Uint8Array(data) },
  f2: {
    bytes: 2,
    read: (data: ArrayBuffer) => new Float32Array(new Float16Array(data)),
  },
  f4: { bytes: 4, read: (data: ArrayBuffer) => new Float32Array(data) },
  f8: { bytes: 8, read: (data: ArrayBuffer) => new Float64Array(data) },
} as const;

interface Header {
  readonly type: keyof typeof readers;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly end: number;
}

/**
 * Parses a .npy file. A hostile header cannot use up all available memory, because the array must
 * be exactly as long as the rest of the file.
 *
 * @param name the file's name, for error messages
 * @throws {EvaluationError} when the bytes are not a .npy file, or its numbers have an unsupported
 * type
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }\n";
 * const bytes = Uint8Array.of(0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0,
 *   ...new TextEncoder().encode(header), 7, 8, 9);
 * assertEquals(parseNpy(bytes, "three.npy"), { shape: [3], values: Uint8Array.of(7, 8, 9) });
 * ```
 */
export function parseNpy(bytes: Uint8Array, name: string): NumberArray {
  const header = readHeader(bytes, name);
  const { type, shape, end } = header;
  const size = readers[type].bytes;
  // The product of a hostile header's sizes may exceed the 53 bits of a double.
  const wanted = shape.reduce((product, length) => product * BigInt(length), 1n) *
    BigInt(size);
  const found = bytes.length - end;
  if (wanted !== BigInt(found)) {
    throw new EvaluationError(
      `${name}: its header says (${shape.join(", ")}) numbers of ${size} ` +
        `bytes, so wanted ${wanted} bytes after it, found ${found}.`,
    );
  }
  const data = Uint8Array.from(bytes.subarray(end));
  if (header.bigEndian) swapBytes(data, size);
  const values = readers[type].read(data.buffer);
  return {
    shape,
    values: header.fortranOrder ? toRowMajor(values, shape) : values,
  };
}

/** Returns whether the bytes begin like a .npy file. */
export function looksLikeNpy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

function readHeader(bytes: Uint8Array, name: string): Header {
  if (!looksLikeNpy(bytes)) {
    throw new EvaluationError(
      `${name}: wanted a .npy file, found a file that does not begin like one.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  const start = version === 1 ? 10 : 12;
  if (!(version >= 1 && version <= 3) || bytes.length < start) {
    throw new EvaluationError(
      `${name}: wanted version 1, 2 or 3 of the .npy format and a header; found version ${version} and ` +
        `${bytes.length} bytes in all.`,
    );
  }
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const end = start + length;
  if (length > LONGEST_HEADER || end > bytes.length) {
    throw new EvaluationError(
      `${name}: wanted a header of at most ${LONGEST_HEADER} bytes in a file of ${bytes.length}; found one of ${length}.`,
    );
  }
  const text = new TextDecoder("latin1").decode(bytes.subarray(start, end));
  return { ...parseDescription(text, name), end };
}

/** Matches the dictionary in a header, as NumPy writes it, with its entries sorted by name. */
const DESCRIPTION =
  /^\{'descr': '([<>|=])([a-z]\d+)', 'fortran_order': (True|False), 'shape': \(((?:\d{1,15}, ?)*(?:\d{1,15})?)\),? ?\}[ \n]*$/;

function parseDescription(text: string, name: string): Omit<Header, "end"> {
  const [, order, type, fortran, sizes] = DESCRIPTION.exec(text) ?? [];
  if (type === undefined) {
    throw new EvaluationError(
      `${name}: wanted a description of one array of numbers, found ` +
        `${JSON.stringify(text.trim().slice(0, 200))}. Pickled objects and records are not read.`,
    );
  }
  if (!(Object.keys(readers)).includes(type)) {
    throw new EvaluationError(
      `${name}: wanted numbers of the types uint8, float16, float32 or float64 ` +
        `(${Object.keys(readers).join(", ")}); found ${type}. In NumPy: array.astype("float32").`,
    );
  }
  const shape = sizes.split(",").map((size) => size.trim()).filter(Boolean)
    .map(Number);
  if (shape.length > MOST_DIMENSIONS) {
    throw new EvaluationError(
      `${name}: wanted at most ${MOST_DIMENSIONS} dimensions, found ${shape.length}.`,
    );
  }
  return {
    type: type as keyof typeof readers,
    bigEndian: order === ">",
    fortranOrder: fortran === "True",
    shape,
  };
}

function swapBytes(data: Uint8Array, size: number): void {
  for (let at = 0; at < data.length; at += size) {
    data.subarray(at, at + size).reverse();
  }
}

/**
 * Converts values from Fortran order to row-major order. In Fortran order, the first index varies
 * fastest.
 */
function toRowMajor<Values extends NumberArray["values"]>(
  values: Values,
  shape: readonly number[],
): Values {
  const result = values.slice() as Values;
  const index = shape.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    const place = index.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
    result[place] = values[at];
    for (let axis = 0; axis < shape.length; axis++) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}
