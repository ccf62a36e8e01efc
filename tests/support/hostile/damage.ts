import type { RandomStream } from "../../../lib/random.ts";

/** Returns a copy of the bytes with one to four random faults. */
export function damage(
  good: Uint8Array,
  random: RandomStream,
): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(good);
  for (let left = 1 + random.integer(4); left > 0; left--) {
    bytes = faults[random.integer(faults.length)](bytes, random);
  }
  return bytes;
}

type Fault = (
  bytes: Uint8Array<ArrayBuffer>,
  random: RandomStream,
) => Uint8Array<ArrayBuffer>;

const faults: readonly Fault[] = [
  // Flips a bit.
  (bytes, random) => {
    if (bytes.length > 0) {
      bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
    }
    return bytes;
  },
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    return bytes.fill(random.integer(256), at, at + 1);
  },
  // Writes the same value to up to eight bytes in a row. This can turn a size into a huge number.
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    const byte = [0, 1, 0x7f, 0x80, 0xff][random.integer(5)];
    return bytes.fill(byte, at, at + 1 + random.integer(8));
  },
  // Truncates the file.
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  // Repeats a part.
  (bytes, random) => {
    const from = random.integer(bytes.length + 1);
    const to = from + random.integer(bytes.length - from + 1);
    return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)]);
  },
  // Overwrites one part with another.
  (bytes, random) => {
    const [from, to] = [0, 1].map(() => random.integer(bytes.length + 1));
    return bytes.copyWithin(to, from, from + random.integer(64));
  },
  // Replaces a digit or a letter, such as a character of a header.
  (bytes, random) => {
    const places = [...bytes.keys()].filter((i) => bytes[i] >= 0x30 && bytes[i] <= 0x7a);
    if (places.length > 0) {
      bytes[places[random.integer(places.length)]] = 0x30 + random.integer(75);
    }
    return bytes;
  },
  // Replaces the rest with noise.
  (bytes, random) => {
    const from = random.integer(bytes.length + 1);
    return bytes.map((byte, i) => i < from ? byte : random.integer(256));
  },
];
