/**
 * Reads and writes files in the safetensors format (github.com/huggingface/safetensors). A file
 * begins with the length of its header in 8 bytes. The JSON header and the raw numbers follow. This
 * file supports only the data type F32.
 */
import { UserError } from "../system/user_error.ts";

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, NamedTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Thrown if a file is not a complete safetensors file. */
export class SafetensorsError extends UserError {
  override name = "SafetensorsError";

  /** @param found description of what was found in the file, for example "12 bytes" */
  constructor(file: string, readonly found: string) {
    super(
      `Reading tensors from ${file}: wanted a safetensors file, found ${found}. Restore the file from a copy.`,
    );
  }
}

/** The maximum length of a header, 100 MB. The reference implementation has the same limit. */
const MAX_HEADER = 100_000_000;
const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Encodes tensors and metadata as the bytes of a safetensors file. */
export function encodeSafetensors(
  { tensors, metadata }: TensorFile,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    header[name] = {
      dtype: "F32",
      shape,
      data_offsets: [end, end += values.byteLength],
    };
  }
  // The header is padded to a multiple of 8 bytes, so that the numbers are aligned.
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength).set(json, 8);
  let at = 8 + headerLength;
  for (const { values } of tensors.values()) {
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      at,
    );
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Decodes the tensors and metadata of a safetensors file.
 *
 * @param name the file's name, for error messages
 * @throws {SafetensorsError} if the bytes are not a complete safetensors file, or if a tensor is
 * not float32
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const tensors = new Map([["bias", { shape: [2], values: Float32Array.of(1, 2) }]]);
 * const file = decodeSafetensors(encodeSafetensors({ tensors, metadata: { step: "7" } }), "example");
 * assertEquals([...file.tensors.get("bias")!.values], [1, 2]);
 * assertEquals(file.metadata.step, "7");
 * ```
 */
export function decodeSafetensors(bytes: Uint8Array, name: string): TensorFile {
  const broken = (found: string) => new SafetensorsError(name, found);
  if (bytes.length < 8) throw broken(`${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > MAX_HEADER || 8 + headerLength > bytes.length) {
    throw broken(`a header of ${headerLength} bytes`);
  }
  const header = parseHeader(bytes.subarray(8, 8 + headerLength), broken);
  const data = bytes.subarray(8 + headerLength);
  const tensors = new Map<string, NamedTensor>();
  for (const [key, entry] of Object.entries(header)) {
    if (key !== "__metadata__") {
      tensors.set(key, readTensor(key, entry, data, broken));
    }
  }
  return {
    tensors,
    metadata: (header.__metadata__ ?? {}) as Record<string, string>,
  };
}

function parseHeader(
  json: Uint8Array,
  broken: (found: string) => Error,
): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch {
    throw broken("a header that is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header)) {
    throw broken("a header that is not an object");
  }
  return header as Record<string, unknown>;
}

function readTensor(
  key: string,
  entry: unknown,
  data: Uint8Array,
  broken: (found: string) => Error,
): NamedTensor {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Record<
    string,
    unknown
  >;
  if (dtype !== "F32") {
    throw broken(
      `tensor '${key}' of type ${JSON.stringify(dtype)} instead of F32`,
    );
  }
  if (!isSizes(shape) || !isSizes(data_offsets) || data_offsets.length !== 2) {
    throw broken(`tensor '${key}' without a position`);
  }
  const [from, to] = data_offsets;
  const size = shape.reduce((product, n) => product * n, 1) * BYTES;
  if (to - from !== size || to > data.length) {
    throw broken(`tensor '${key}' at bytes ${from} to ${to} of ${data.length}`);
  }
  // The copy is aligned, and it does not keep the whole file in memory.
  return { shape, values: new Float32Array(data.slice(from, to).buffer) };
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((n) => Number.isSafeInteger(n) && n >= 0);
}
