/**
 * Reads the parts of the protocol buffer format that TensorFlow's reports use
 * (protobuf.dev/programming-guides/encoding).
 */

/**
 * The fields of a message. Each field number is mapped to the values of the field, in the order in
 * which they appear in the message. Each value is either an array of bytes or an unsigned number of
 * at most 2^53.
 */
export type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** Reads the fields of a message. */
export function readFields(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  const reader = new Reader(bytes);
  while (!reader.isAtEnd) {
    const tag = reader.varint();
    const field = Math.floor(tag / 8);
    const value = reader.value(tag % 8);
    const values = fields.get(field);
    if (values) values.push(value);
    else fields.set(field, [value]);
  }
  return fields;
}

/** Decodes the messages that a repeated field contains. */
export function messagesOf(fields: Fields, field: number): Fields[] {
  return (fields.get(field) ?? []).map((value) => readFields(value as Uint8Array));
}

export function textField(fields: Fields, field: number): string {
  const [value] = fields.get(field) ?? [];
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : "";
}

export function numberOf(fields: Fields, field: number): number {
  const [value] = fields.get(field) ?? [];
  return typeof value === "number" ? value : 0;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#bytes[this.#at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 || byte === undefined) return value;
      scale *= 0x80;
    }
  }

  value(wireType: number): number | Uint8Array {
    switch (wireType) {
      case 0:
        return this.varint();
      case 1:
        return this.#take(8);
      case 2:
        return this.#take(this.varint());
      case 5:
        return this.#take(4);
      default:
        throw new Error(`Reading a protocol buffer: unknown wire type ${wireType} at ${this.#at}.`);
    }
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}
