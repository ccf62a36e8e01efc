/**
 * Writes ZIP and PNG files with correct checksums but damaged contents. If the checksums were
 * wrong, nearly every file would be refused before its contents were read.
 */
import { Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { crc32 } from "node:zlib";
import type { RandomStream } from "../../../lib/random.ts";
import { damage } from "./damage.ts";

export type Entry = readonly [name: string, bytes: Uint8Array];

export async function unzip(archive: Uint8Array): Promise<Entry[]> {
  const reader = new ZipReader(new Uint8ArrayReader(archive), {
    useWebWorkers: false,
  });
  const entries: Entry[] = [];
  for (const entry of await reader.getEntries()) {
    if (entry.directory) continue;
    entries.push([
      entry.filename,
      new Uint8Array(await entry.arrayBuffer()),
    ]);
  }
  return entries;
}

/** Returns an uncompressed ZIP archive of the entries, in which one file is damaged. */
export function zipDamaged(
  entries: readonly Entry[],
  random: RandomStream,
): Uint8Array<ArrayBuffer> {
  const chosen = random.integer(entries.length);
  return zip(
    entries.map(([name, bytes], i) =>
      [name, i === chosen ? damage(bytes, random) : bytes] as const
    ),
  );
}

/**
 * Returns an uncompressed ZIP archive. The archive is written without a library, because a library
 * would be too slow for a hundred thousand archives.
 */
export function zip(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of entries) {
    const path = new TextEncoder().encode(name);
    const { length } = bytes;
    // These fields are the version, flags, method, time and date, then the checksum and both sizes,
    // and then the lengths of the name and of the extra field.
    const about = littleEndian(
      [2, 20],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, crc32(bytes)],
      [4, length],
      [4, length],
      [2, path.length],
      [2, 0],
    );
    const file = concatenate([
      littleEndian([4, 0x04034b50]),
      about,
      path,
      bytes,
    ]);
    files.push(file);
    directory.push(
      littleEndian([4, 0x02014b50], [2, 20]),
      about,
      littleEndian([4, 0], [2, 0], [4, 0], [4, at]),
      path,
    );
    at += file.length;
  }
  const list = concatenate(directory);
  const { length } = entries;
  const end = littleEndian(
    [4, 0x06054b50],
    [4, 0],
    [2, length],
    [2, length],
    [4, list.length],
    [4, at],
    [2, 0],
  );
  return concatenate([...files, list, end]);
}

function littleEndian(
  ...fields: readonly (readonly [size: 2 | 4, value: number])[]
): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([size, value]) => Array.from({ length: size }, (_, i) => value >>> 8 * i)),
  );
}

/** Number of bytes before the first chunk of a PNG file. */
const SIGNATURE = 8;
/**
 * Numbers of bytes before and after the data of a chunk. The length and the kind of the chunk come
 * before the data, and the checksum comes after the data.
 */
const [BEFORE, BEHIND] = [8, 4];

/**
 * Returns a copy of a PNG file in which one chunk is damaged. All lengths and checksums are
 * correct.
 */
export function damageChunk(
  png: Uint8Array,
  random: RandomStream,
): Uint8Array<ArrayBuffer> {
  const chunks = chunksOf(png);
  const chosen = random.integer(chunks.length);
  const parts = chunks.map(({ kind, bytes }, i) =>
    writeChunk(kind, i === chosen ? damage(bytes, random) : bytes)
  );
  return concatenate([png.subarray(0, SIGNATURE), ...parts]);
}

interface Chunk {
  readonly kind: Uint8Array;
  readonly bytes: Uint8Array;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE; at < png.length;) {
    const from = at + BEFORE;
    const to = from + view.getUint32(at);
    chunks.push({
      kind: png.subarray(at + 4, from),
      bytes: png.subarray(from, to),
    });
    at = to + BEHIND;
  }
  return chunks;
}

function writeChunk(kind: Uint8Array, bytes: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(BEFORE + bytes.length + BEHIND);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, bytes.length);
  chunk.set(kind, 4);
  chunk.set(bytes, BEFORE);
  const checked = chunk.subarray(4, BEFORE + bytes.length);
  view.setUint32(BEFORE + bytes.length, crc32(checked));
  return chunk;
}

function concatenate(
  parts: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
