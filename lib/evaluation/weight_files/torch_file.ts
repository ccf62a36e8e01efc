/**
 * Reads files in which torch.save stored a dictionary of tensors. No code in the file is executed
 * (see pickle.ts). There are two formats:
 * - Since PyTorch 1.6, a file is a zip archive. The archive contains a pickle, and one file of raw
 *   numbers for each storage. A storage is a block of numbers that tensors can share.
 * - An older file consists of five pickles, followed by the raw numbers.
 *
 * Numbers of type float32, float64 or int64 are read as float32. Other number types, tensors that
 * are not contiguous, big-endian numbers and compressed archives are not supported.
 */
import { configure, type FileEntry, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js";
import { sha256 } from "../../models/weights.ts";
import { type NamedTensors, readWeightBytes, type WeightFile } from "./named_tensors.ts";
import { readPickle } from "./pickle.ts";
import { StorageList, tensorGlobals, tensorsOf } from "./torch_tensors.ts";
import { WeightFileError } from "./weight_file_error.ts";

/** The first value in a file of the older format. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;

/**
 * Reads the tensors from a file.
 *
 * @throws {WeightFileError} when the file is missing or broken, or when it contains anything but
 * tensors
 */
export async function readTorchFile(path: string): Promise<WeightFile> {
  const bytes = await readWeightBytes(path);
  return {
    tensors: await decodeTorch(bytes, path),
    hash: await sha256(bytes),
  };
}

/**
 * Decodes the tensors in the bytes of a file. The allocated memory is at most a small multiple of
 * the size of the file.
 *
 * @param name name of the file, for error messages
 * @throws {WeightFileError} when the file is broken, or when it contains anything but tensors
 */
export async function decodeTorch(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<NamedTensors> {
  try {
    const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
    return isZip ? await decodeArchive(bytes) : decodeSequence(bytes);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new WeightFileError(
      `Reading tensors from ${name}: ${cause.message}.`,
      { cause },
    );
  }
}

async function decodeArchive(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<NamedTensors> {
  configure({ useWebWorkers: false });
  const archive = new ZipReader(new Uint8ArrayReader(bytes), {
    checkSignature: true,
  });
  const entries = new Map<string, FileEntry>();
  for (const entry of await archive.getEntries()) {
    if (!entry.directory) entries.set(entry.filename, entry);
  }
  const pickle = [...entries.keys()].find((name) => name.endsWith("/data.pkl"));
  if (!pickle) throw wanted("data.pkl in the archive", "none");
  const folder = pickle.slice(0, -"data.pkl".length);
  const order = entries.get(`${folder}byteorder`);
  if (
    order &&
    new TextDecoder().decode(await readEntry(order, bytes.length)) !== "little"
  ) {
    throw wanted("little-endian numbers", "others");
  }
  const storages = new StorageList(bytes.length);
  const { value } = readPickle(
    await readEntry(entries.get(pickle)!, bytes.length),
    { globals: tensorGlobals, persistent: storages.load },
  );
  for (const storage of storages.all()) {
    const entry = entries.get(`${folder}data/${storage.key}`);
    if (!entry) throw wanted(`data/${storage.key} in the archive`, "none");
    storage.fill((await readEntry(entry, storage.bytes, storage.bytes)).buffer);
  }
  return tensorsOf(value);
}

/**
 * Reads a file in the archive. Rejects a compressed file, because torch.save never compresses files
 * and because unpacking one could exhaust memory.
 */
async function readEntry(
  entry: FileEntry,
  most: number,
  least = 0,
): Promise<Uint8Array<ArrayBuffer>> {
  const {
    filename,
    compressionMethod,
    compressedSize,
    uncompressedSize: size,
  } = entry;
  if (compressionMethod !== 0 || compressedSize !== size) {
    throw wanted(`${filename} uncompressed`, "it compressed");
  }
  if (size < least || size > most) {
    throw wanted(`${least || "up to " + most} bytes in ${filename}`, `${size}`);
  }
  const data = new Uint8Array(await entry.arrayBuffer());
  if (data.length !== size) {
    throw wanted(`${size} bytes in ${filename}`, `${data.length}`);
  }
  return data;
}

/**
 * Decodes a file of the older format. The file contains a magic number, the version, the sizes of
 * integers, the dictionary of tensors, the keys of the storages, and finally the storages.
 */
function decodeSequence(bytes: Uint8Array<ArrayBuffer>): NamedTensors {
  const magic = readPickle(bytes);
  if (magic.value !== MAGIC) throw wanted("torch.save's number", "a different one");
  const version = readPickle(bytes, { at: magic.end });
  if (version.value !== VERSION) {
    throw wanted(`version ${VERSION}`, "a different one");
  }
  const system = readPickle(bytes, { at: version.end });
  if (
    !(system.value instanceof Map) || system.value.get("little_endian") !== true
  ) {
    throw wanted("little-endian numbers", "others");
  }
  const storages = new StorageList(bytes.length);
  const { value, end } = readPickle(bytes, {
    at: system.end,
    globals: tensorGlobals,
    persistent: storages.load,
  });
  const keys = readPickle(bytes, { at: end });
  fillStorages(storages, bytes, keys);
  return tensorsOf(value);
}

/**
 * Fills the storages with the numbers at the end of a file. Each storage starts with the number of
 * its values, which takes up eight bytes.
 */
function fillStorages(
  storages: StorageList,
  bytes: Uint8Array<ArrayBuffer>,
  { value: keys, end }: { value: unknown; end: number },
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wantedKeys = new Set(storages.all().map(({ key }) => key));
  let at = end;
  for (const key of Array.isArray(keys) ? keys : []) {
    const storage = storages.get(key);
    if (!storage || !wantedKeys.delete(key)) {
      throw wanted("each storage once", "others");
    }
    const to = at + 8 + storage.bytes;
    if (
      to > bytes.length || view.getBigInt64(at, true) !== BigInt(storage.count)
    ) throw wanted(`${storage.count} numbers`, "a different count");
    storage.fill(bytes.slice(at + 8, to).buffer);
    at = to;
  }
  if (wantedKeys.size > 0) throw wanted("all storages", "some missing");
}

function wanted(what: string, found: string): WeightFileError {
  return new WeightFileError(`wanted ${what}, found ${found}`);
}
