/**
 * Encodes data in the protocol buffer format (protobuf.dev/programming-guides/encoding). Only the
 * parts of the format that TensorFlow's graphs need are supported.
 */

const encoder = new TextEncoder();

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Numbers below this value are encoded in one byte. */
const ONE_BYTE = 0x80;

/** Writes the fields of a message. */
export type WriteFields = (message: MessageWriter) => void;

/** Returns the bytes of a message. */
export function encodeFields(write: WriteFields): Uint8Array<ArrayBuffer> {
  const message = new MessageWriter();
  write(message);
  return message.toBytes();
}

/**
 * Writes a message, one field after another. Messages inside the message are written to the same
 * memory. A graph has tens of thousands of tiny fields, and most of the time would be spent on
 * allocating memory for each of them.
 */
export class MessageWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** Returns a copy of the bytes that have been written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  /** Writes a field that contains a signed or unsigned integer, a boolean or an enumeration. */
  varint(field: number, value: number | boolean): void {
    this.#tag(field, VARINT);
    this.#varint(Number(value));
  }

  float(field: number, value: number): void {
    this.#tag(field, FIXED_32);
    const at = this.#grow(4);
    new DataView(this.#bytes.buffer).setFloat32(at, value, true);
  }

  /** Writes a field that contains a string or bytes. */
  bytes(field: number, value: string | Uint8Array): void {
    const bytes = typeof value === "string" ? encoder.encode(value) : value;
    this.#tag(field, LENGTH_DELIMITED);
    this.#varint(bytes.length);
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** Writes a field that contains a message. */
  message(field: number, write: WriteFields): void {
    this.#tag(field, LENGTH_DELIMITED);
    const start = this.#length;
    write(this);
    // The length stands before the message, but is known only now. So it is written behind the
    // message, and then the two change places.
    const end = this.#length;
    this.#varint(end - start);
    const head = this.#bytes.slice(end, this.#length);
    this.#bytes.copyWithin(start + head.length, start, end);
    this.#bytes.set(head, start);
  }

  /** Writes a field that contains one entry of a map from strings to messages. */
  entry(field: number, key: string, write: WriteFields): void {
    this.message(field, (entry) => {
      entry.bytes(1, key);
      entry.message(2, write);
    });
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field << 3 | wireType);
  }

  /**
   * Writes an integer with seven bits per byte. The lowest bits come first. A negative integer is
   * first converted to its 64-bit two's complement.
   */
  #varint(value: number): void {
    // This shortcut saves time, because most numbers in a graph are small.
    if (value >= 0 && value < ONE_BYTE) return this.#push(value);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= BigInt(ONE_BYTE)) {
      this.#push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#push(Number(rest));
  }

  #push(byte: number): void {
    const at = this.#grow(1);
    this.#bytes[at] = byte;
  }

  /** Makes room for more bytes, and returns their position. */
  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(2 * this.#length);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return at;
  }
}
