import sharp from "sharp";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { decodeImage } from "../../../lib/evaluation/readers/image_folder.ts";
import { parseNpy } from "../../../lib/evaluation/readers/npy.ts";
import { readNpz } from "../../../lib/evaluation/readers/npz.ts";
import { decodeHdf5 } from "../../../lib/evaluation/weight_files/hdf5.ts";
import type { NamedTensors } from "../../../lib/evaluation/weight_files/named_tensors.ts";
import { decodeTorch } from "../../../lib/evaluation/weight_files/torch_file.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import type { RandomStream } from "../../../lib/random.ts";
import { describe, npyFile, npyOf, npzOf } from "../../evaluation/readers/files.ts";
import { damage } from "./damage.ts";
import { damageChunk, unzip, zipDamaged } from "./wrappers.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface HostileFormat {
  /** Returns a file that is hostile or broken. A few of the returned files are still valid. */
  make(random: RandomStream): Bytes | Promise<Bytes>;
  /** Reads a file. Returns the size of its content in bytes. */
  read(bytes: Bytes): Promise<number>;
  /**
   * Returns the maximum size, in bytes, of the content that may be read from a file. `bytes` is the
   * file's size.
   */
  most(bytes: number): number;
  /** The class of the error that is thrown when a file is refused. */
  readonly refusal: new () => Error;
}

/**
 * Creates each format. The entries are functions, so that a process that reads one format does not
 * have to load the example files of the other formats.
 */
export const hostileFormats = {
  npy,
  npz,
  PNG: png,
  PyTorch: torch,
  "older PyTorch": olderTorch,
  HDF5: hdf5,
} as const;

export type HostileFormatName = keyof typeof hostileFormats;

const values = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i));
const shades = Uint8Array.from({ length: 784 }, (_, i) => (i * i) & 0xff);

function npy(): HostileFormat {
  const good = [
    npyOf(values, [5, 8]),
    npyFile(describe("<f8", [5, 8], true), new Uint8Array(values.buffer)),
    npyFile(describe(">f2", [160]), new Uint8Array(values.buffer)),
    npyOf(shades, [1, 28, 28]),
  ];
  return {
    make: (random) => damage(oneOf(good, random), random),
    read: (bytes) => Promise.resolve(parseNpy(bytes, "a.npy").values.byteLength),
    most: (bytes) => 2 * bytes,
    refusal: EvaluationError,
  };
}

async function npz(): Promise<HostileFormat> {
  const arrays = { mu: npyOf(values, [40]), sigma: npyOf(values, [5, 8]) };
  const good = [await npzOf(arrays), await npzOf(arrays, true)];
  const entries = await unzip(good[0]);
  return {
    make: (random) =>
      random.integer(2) === 0 ? damage(oneOf(good, random), random) : zipDamaged(entries, random),
    read: async (bytes) =>
      [...(await readNpz(bytes, "a.npz")).values()].reduce(
        (sum, array) => sum + array.values.byteLength,
        0,
      ),
    most: (bytes) => 2 ** 20 + 16 * bytes,
    refusal: EvaluationError,
  };
}

async function png(): Promise<HostileFormat> {
  const raw = { width: 28, height: 28, channels: 1 } as const;
  const picture = sharp(shades, { raw });
  const good = [
    await picture.clone().toColourspace("b-w").png().toBuffer(),
    await picture.clone().toColourspace("srgb").png().toBuffer(),
    await picture.clone().png({ palette: true, progressive: true }).toBuffer(),
  ].map((buffer) => new Uint8Array(buffer));
  return {
    make: (random) => {
      const file = oneOf(good, random);
      return random.integer(2) === 0 ? damage(file, random) : damageChunk(file, random);
    },
    read: async (bytes) => (await decodeImage(bytes, "a.png")).pixels.length,
    // Each pixel has three colour channels of one byte each. Small files are allowed large images,
    // because an image of a single shade compresses to almost nothing.
    most: (bytes) => 3 * Math.max(2 ** 20, 64 * bytes),
    refusal: EvaluationError,
  };
}

async function torch(): Promise<HostileFormat> {
  const good = await golden("tensors.pth");
  const entries = await unzip(good);
  return {
    make: (random) => random.integer(2) === 0 ? damage(good, random) : zipDamaged(entries, random),
    ...weights(decodeTorch),
  };
}

async function olderTorch(): Promise<HostileFormat> {
  const good = await golden("tensors_legacy.pth");
  return { make: (random) => damage(good, random), ...weights(decodeTorch) };
}

async function hdf5(): Promise<HostileFormat> {
  const good = await golden("tensors.h5");
  return { make: (random) => damage(good, random), ...weights(decodeHdf5) };
}

function weights(
  decode: (bytes: Bytes, name: string) => Promise<NamedTensors>,
): Omit<HostileFormat, "make"> {
  return {
    read: async (bytes) => bytesOf(await decode(bytes, "file")),
    most: (bytes) => 2 * bytes,
    refusal: WeightFileError,
  };
}

/**
 * Returns how many bytes of memory the tensors hold. Memory that several tensors share is counted
 * once.
 */
function bytesOf(tensors: NamedTensors): number {
  const buffers = new Set(
    Array.from(tensors.values(), ({ values }) => values.buffer),
  );
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function golden(file: string): Promise<Bytes> {
  return Deno.readFile(
    new URL(`../../golden/weight_files/${file}`, import.meta.url),
  );
}

function oneOf<T>(list: readonly T[], random: RandomStream): T {
  return list[random.integer(list.length)];
}
