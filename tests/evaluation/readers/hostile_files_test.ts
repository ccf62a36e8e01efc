/**
 * Files that somebody made to do harm, or that a disk has broken: each is read or refused with a message, in a moment, and
 * takes no more memory than a small multiple of its size. FUZZ=100000 deno task test tries that many of each format.
 */
import { assert } from "@std/assert";
import sharp from "sharp";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { decodeImage } from "../../../lib/evaluation/readers/image_folder.ts";
import { parseNpy } from "../../../lib/evaluation/readers/npy.ts";
import { readNpz } from "../../../lib/evaluation/readers/npz.ts";
import { type RandomStream, randomStream } from "../../../lib/random.ts";
import { describe, npyFile, npyOf, npzOf } from "./files.ts";

const rounds = Number(Deno.env.get("FUZZ") ?? 1000);

interface Format {
  readonly name: string;
  /** Good files, from which the hostile ones are made. */
  readonly seeds: readonly Uint8Array[];
  /** @returns bytes of the numbers that were read */
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => Promise<number>;
  /** What may be read from a file of so many bytes. */
  readonly most: (bytes: number) => number;
}

const values = Float64Array.from({ length: 40 }, (_, i) => Math.sin(i));
const arrays = { mu: npyOf(values, [40]), sigma: npyOf(values, [5, 8]) };
const shades = Uint8Array.from({ length: 784 }, (_, i) => (i * i) & 0xff);
const picture = sharp(shades, { raw: { width: 28, height: 28, channels: 1 } });

const formats: Format[] = [
  {
    name: "npy",
    seeds: [
      npyOf(values, [5, 8]),
      npyFile(
        describe("<f8", [5, 8], true),
        new Uint8Array(values.buffer),
      ),
      npyFile(describe(">f2", [160]), new Uint8Array(values.buffer)),
      npyOf(shades, [1, 28, 28]),
    ],
    read: (bytes) =>
      Promise.resolve(parseNpy(bytes, "a.npy").values.byteLength),
    most: (bytes) => 2 * bytes,
  },
  {
    name: "npz",
    seeds: [await npzOf(arrays), await npzOf(arrays, true)],
    read: async (bytes) =>
      [...(await readNpz(bytes, "a.npz")).values()].reduce(
        (sum, array) => sum + array.values.byteLength,
        0,
      ),
    most: (bytes) => 2 ** 20 + 16 * bytes,
  },
  {
    name: "PNG",
    seeds: [
      await picture.clone().toColourspace("b-w").png().toBuffer(),
      await picture.clone().toColourspace("srgb").png().toBuffer(),
      await picture.clone().png({ palette: true, progressive: true })
        .toBuffer(),
    ].map((buffer) => new Uint8Array(buffer)),
    read: async (bytes) => (await decodeImage(bytes, "a.png")).pixels.length,
    // Three colours a pixel. A small image may be of one shade, and then packs to next to nothing.
    most: (bytes) => 3 * Math.max(2 ** 20, 64 * bytes),
  },
];

for (const format of formats) {
  Deno.test(`${rounds} hostile ${format.name} files are read or refused, and none takes much memory`, async () => {
    const random = randomStream(20261123, "hostile", format.name);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const seed = format.seeds[random.integer(format.seeds.length)];
      const bytes = damage(seed, random);
      try {
        const read = await format.read(bytes);
        const most = format.most(bytes.length);
        assert(read <= most, `round ${round}: ${read} of ${bytes.length}`);
      } catch (error) {
        if (!(error instanceof EvaluationError)) {
          throw new Error(`round ${round}`, { cause: error });
        }
        refused++;
      }
    }
    assert(refused > rounds / 2, `only ${refused} were refused`);
  });
}

/** A copy with one to four faults. */
function damage(
  seed: Uint8Array,
  random: RandomStream,
): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(seed);
  for (let left = 1 + random.integer(4); left > 0; left--) {
    bytes = faults[random.integer(faults.length)](bytes, random);
  }
  return bytes;
}

type Fault = (
  bytes: Uint8Array<ArrayBuffer>,
  random: RandomStream,
) => Uint8Array<ArrayBuffer>;

const extremes = [0, 1, 0x7f, 0x80, 0xff] as const;

const faults: readonly Fault[] = [
  // A bit flips.
  (bytes, random) => {
    if (bytes.length > 0) {
      bytes[random.integer(bytes.length)] ^= 1 << random.integer(8);
    }
    return bytes;
  },
  // The file ends early.
  (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  // A size becomes a large one: four bytes in a row.
  (bytes, random) => {
    const at = random.integer(bytes.length + 1);
    return bytes.fill(
      extremes[random.integer(extremes.length)],
      at,
      at + 1 + random.integer(4),
    );
  },
  // A digit or a letter of the header becomes another.
  (bytes, random) => {
    const places = [...bytes.keys()].filter((i) =>
      bytes[i] >= 0x30 && bytes[i] <= 0x7a
    );
    if (places.length > 0) {
      bytes[places[random.integer(places.length)]] = 0x30 + random.integer(75);
    }
    return bytes;
  },
  // A part comes twice.
  (bytes, random) => {
    const from = random.integer(bytes.length + 1);
    const to = from + random.integer(bytes.length - from + 1);
    return Uint8Array.from([
      ...bytes.subarray(0, to),
      ...bytes.subarray(from),
    ]);
  },
  // What follows is noise.
  (bytes, random) => {
    const from = random.integer(bytes.length + 1);
    return bytes.map((byte, i) => i < from ? byte : random.integer(256));
  },
];
