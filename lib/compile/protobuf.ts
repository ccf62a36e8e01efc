/**
 * Encodes data in the protocol buffer format (protobuf.dev/programming-guides/encoding). Only the
 * parts of the format that TensorFlow's graphs need are supported. A message consists of the bytes
 * of its fields, one field after another. Each `…Field` function returns the bytes of one field.
 */

const encoder = new TextEncoder();

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Joins the bytes of fields into a message, or the bytes of messages into a file. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Encodes a field that contains a signed or unsigned integer, a boolean or an enumeration. */
export function varintField(
  field: number,
  value: number | boolean,
): Uint8Array {
  return concat([tag(field, VARINT), varint(Number(value))]);
}

export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return concat([tag(field, FIXED_32), bytes]);
}

/** Encodes a field that contains a string, bytes or a message. */
export function bytesField(
  field: number,
  value: string | Uint8Array,
): Uint8Array {
  const bytes = typeof value === "string" ? encoder.encode(value) : value;
  return concat([
    tag(field, LENGTH_DELIMITED),
    varint(bytes.length),
    bytes,
  ]);
}

export function messageField(
  field: number,
  parts: readonly Uint8Array[],
): Uint8Array {
  return bytesField(field, concat(parts));
}

/** Encodes a field that contains one entry of a map from strings to messages. */
export function entryField(
  field: number,
  key: string,
  message: Uint8Array,
): Uint8Array {
  return messageField(field, [bytesField(1, key), bytesField(2, message)]);
}

function tag(field: number, wireType: number): Uint8Array {
  const number = field << 3 | wireType;
  return tags[number] ??= varint(number);
}

const tags: Uint8Array[] = [];

/**
 * Encodes an integer with seven bits per byte. The lowest bits come first. A negative integer is
 * first converted to its 64-bit two's complement.
 */
function varint(value: number): Uint8Array {
  const isSmall = value >= 0 && value < ONE_BYTE;
  // This shortcut saves time, because a graph has thousands of nodes, and each node has dozens of
  // small numbers.
  if (isSmall) return Uint8Array.of(value);
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** Numbers below this value are encoded in one byte. */
const ONE_BYTE = 0x80;
