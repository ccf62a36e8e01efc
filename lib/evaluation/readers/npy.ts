/**
 * NumPy's .npy files (numpy.lib.format): a magic string, a header in Python's syntax, then the values.
 *
 * Left out: every type but unsigned bytes and little-endian floats of 32 and 64 bits, and column-major order.
 */
import { EvaluationError } from "../evaluation_error.ts";

export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major: a copy of the file's bytes, no more. */
  readonly values: Uint8Array | Float32Array | Float64Array;
}

const MAGIC = "\x93NUMPY";
const LONGEST_HEADER = 10_000;

/** The types that are read: NumPy's name, bytes a value, and what makes an array of bytes. */
const types: Readonly<
  Record<
    string,
    { bytes: number; view: (buffer: ArrayBuffer) => NpyArray["values"] }
  >
> = {
  "|u1": { bytes: 1, view: (buffer) => new Uint8Array(buffer) },
  "<f4": { bytes: 4, view: (buffer) => new Float32Array(buffer) },
  "<f8": { bytes: 8, view: (buffer) => new Float64Array(buffer) },
};

/**
 * Parses a .npy file. Allocates nothing in proportion to what the header claims.
 *
 * @param bytes the whole file
 * @param name the file's name, for error messages
 * @throws {EvaluationError} when it is anything else than its format says, or of a type that is not read
 */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const { text, end } = readHeader(bytes, name);
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || sizes === undefined) {
    throw new EvaluationError(
      `${name}: wanted a header with descr, fortran_order and shape; found ${
        JSON.stringify(text.slice(0, 80))
      }.`,
    );
  }
  const type = Object.hasOwn(types, descr) ? types[descr] : undefined;
  if (!type || order === "True") {
    const found = type ? "values in column-major order" : `type ${descr}`;
    throw new EvaluationError(
      `${name}: wanted values of type ${
        Object.keys(types).join(", ")
      } in row-major order; found ${found}.`,
    );
  }
  const shape = sizes.split(",").map((size) => size.trim()).filter((size) =>
    size !== ""
  ).map(Number);
  const wanted = shape.reduce((product, size) => product * size, 1) *
    type.bytes;
  const found = bytes.length - end;
  if (wanted !== found) {
    throw new EvaluationError(
      `${name}: its header says ${
        shape.join(" x ")
      } values of type ${descr}, ` +
        `so wanted ${wanted} bytes behind it, found ${found}.`,
    );
  }
  return { shape, values: type.view(bytes.slice(end).buffer) };
}

function readHeader(
  bytes: Uint8Array,
  name: string,
): { text: string; end: number } {
  const latin = (from: number, to: number) =>
    String.fromCharCode(...bytes.subarray(from, to));
  const version = bytes[6];
  if (latin(0, 6) !== MAGIC || !(version >= 1 && version <= 3)) {
    throw new EvaluationError(
      `${name}: wanted a .npy file of version 1 to 3; found another beginning.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw new EvaluationError(
      `${name}: wanted the length of its header, found the file's end.`,
    );
  }
  const length = version === 1
    ? view.getUint16(8, true)
    : view.getUint32(8, true);
  const end = start + length;
  if (length > LONGEST_HEADER || end > bytes.length) {
    throw new EvaluationError(
      `${name}: wanted a header of at most ${LONGEST_HEADER} bytes within the file; found ${length} of ` +
        `${bytes.length - start}.`,
    );
  }
  return { text: latin(start, end), end };
}
