import { assertEquals, assertInstanceOf, assertMatch, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { parseNpy } from "../../../lib/evaluation/readers/npy.ts";
import { readNpz } from "../../../lib/evaluation/readers/npz.ts";
import { openFeatures } from "../../../lib/evaluation/readers/open_features.ts";
import { openImages } from "../../../lib/evaluation/readers/open_images.ts";
import { zip } from "../../support/hostile/wrappers.ts";
import { countWorkers } from "../../support/workers.ts";
import { npyFile, npyOf, npzOf } from "./files.ts";

Deno.test("the .npy files of an archive are read under their names", async () => {
  const one = npyOf(Uint8Array.of(7), [1]);
  const entries = [["a/b.npy", one], ["read.me", Uint8Array.of(1)], [
    "c.npy.txt",
    one,
  ]] as const;
  const arrays = await readNpz(Uint8Array.from(zip(entries)), "a.npz");
  assertEquals(arrays, new Map([["a/b", parseNpy(one, "")]]));
  const error = await assertRejects(
    () => readNpz(one, "a.npz"),
    EvaluationError,
    "a.npz: wanted a .npz file, found no readable ZIP archive",
  );
  assertInstanceOf(error.cause, Error);
  const broken = await npzOf({ x: npyFile("none", one) });
  const { message } = await assertRejects(() => readNpz(broken, "a.npz"), EvaluationError);
  assertMatch(message, /^a\.npz: x\.npy: wanted a description/);
});

Deno.test("the entries of an archive are checked against their checksums", async () => {
  const archive = await npzOf({
    x: npyOf(Uint8Array.from({ length: 100 }, (_, i) => i), [100]),
  });
  // The last byte of the last number precedes the directory, which begins with PK 1 2.
  const at = archive.indexOf(99, 100);
  archive[at] = 0;
  await assertRejects(
    () => readNpz(archive, "a.npz"),
    EvaluationError,
    "a.npz: wanted a .npz file",
  );
});

Deno.test("reading a compressed archive starts no web worker, which would outlive the reading", async () => {
  const archive = await npzOf({ x: npyOf(new Uint8Array(100), [100]) }, true);
  assertEquals(await countWorkers(() => readNpz(archive, "a.npz")), 0);
});

Deno.test("an entry that unpacks to more bytes than the archive states is refused", async () => {
  const array = npyOf(new Uint8Array(5000), [5000]);
  const archive = await npzOf({ x: array }, true);
  const view = new DataView(archive.buffer);
  const places = [...Array(archive.length - 3).keys()]
    .filter((at) => view.getUint32(at, true) === array.length);
  // The size is stated before the entry and in the directory.
  assertEquals(places.length, 2);
  for (const at of places) view.setUint32(at, array.length - 1000, true);
  await assertRejects(
    () => readNpz(archive, "a.npz"),
    EvaluationError,
    "a.npz: wanted a .npz file",
  );
});

Deno.test("an array may be a mebibyte longer than 16 times its archive, and no longer", async () => {
  const headerOf = (count: number) => npyOf(new Uint8Array(0), [count]);
  const archiveOf = async (size: number) => {
    const file = new Uint8Array(size);
    file.set(headerOf(size - headerOf(2 ** 20).length));
    return await npzOf({ a: file }, true);
  };
  let size = 2 ** 20;
  let archive = await archiveOf(size);
  // Zeros take up so few bytes that a few rounds find an array that is just as long as it may be.
  for (let round = 0; round < 10; round++) {
    size = 16 * archive.length + 2 ** 20;
    archive = await archiveOf(size);
  }
  assertEquals(size, 16 * archive.length + 2 ** 20);
  assertEquals((await readNpz(archive, "a.npz")).size, 1);
  const longer = await archiveOf(size + 1);
  assertEquals(longer.length, archive.length);
  await assertRejects(
    () => readNpz(longer, "a.npz"),
    EvaluationError,
    `a.npy would be ${size + 1} bytes`,
  );
});

Deno.test("a small archive may contain a little over a mebibyte of zeros in all its entries", async () => {
  const zeros = (count: number) => npyOf(new Uint8Array(count), [count]);
  const fits = await npzOf({ a: zeros(2 ** 19), b: zeros(2 ** 19) }, true);
  assertEquals((await readNpz(fits, "a.npz")).size, 2);
  const large = await npzOf({ a: zeros(2 ** 20), b: zeros(2 ** 20) }, true);
  await assertRejects(
    () => readNpz(large, "a.npz"),
    EvaluationError,
    "b.npy would be 10",
  );
});

/** Archives of arrays that are not features. */
const archives: readonly [Readonly<Record<string, Uint8Array>>, string][] = [
  [{}, "wanted one array, or mu and sigma; found none"],
  [{ a: floats([1, 2]), b: floats([1, 2]) }, "found a, b"],
  [{ mu: floats([2]), other: floats([2, 2]) }, "found mu, other"],
  [{ sigma: floats([2, 2]), other: floats([2]) }, "found sigma, other"],
  [{ mu: floats([2, 1]), sigma: floats([2, 2]) }, "found [2,1] and [2,2]"],
  [{ mu: floats([2]), sigma: floats([4]) }, "found [2] and [4]"],
  [{ mu: floats([2]), sigma: floats([2, 3]) }, "found [2] and [2,3]"],
  [{ mu: floats([2]), sigma: floats([3, 2]) }, "found [2] and [3,2]"],
  [{ mu: floats([2]), sigma: floats([2]) }, "found [2] and [2]"],
  [{ a: floats([6]) }, "found shape [6]"],
  [{ a: floats([1, 2, 3]) }, "found shape [1, 2, 3]"],
  [{ a: npyOf(new Uint8Array(6), [2, 3]) }, "found shape [2, 3]"],
];

for (const [arrays, message] of archives) {
  Deno.test(`this archive is refused as features: ${message}`, () =>
    inFile("a.npz", npzOf(arrays), async (path) => {
      await assertRejects(() => openFeatures(path), EvaluationError, message);
    }));
}

Deno.test("an archive with mean and covariance may contain other arrays", () =>
  inFile(
    "a.npz",
    npzOf({ n: floats([1]), mu: floats([2]), sigma: floats([2, 2]) }),
    async (path) => {
      const read = await openFeatures(path);
      assertEquals(read, {
        ...{ kind: "moments", dimension: 2 },
        mean: Float64Array.of(0, 1),
        covariance: Float64Array.of(0, 1, 2, 3),
      });
    },
  ));

/** Arrays that are not images. */
const noImages: readonly [Uint8Array, string][] = [
  [npyOf(new Uint8Array(4), [2, 2]), "found bytes of shape [2, 2]"],
  [npyOf(new Uint8Array(8), [1, 2, 2, 2]), "found bytes of shape [1, 2, 2, 2]"],
  [
    npyOf(new Uint8Array(12), [1, 1, 2, 2, 3]),
    "found bytes of shape [1, 1, 2, 2, 3]",
  ],
  [npyOf(new Uint8Array(6), [1, 1, 1, 3, 2]), "found bytes of shape [1, 1, 1, 3, 2]"],
  [npyOf(new Uint8Array(0), [0, 2, 2]), "found bytes of shape [0, 2, 2]"],
  [floats([1, 2, 2]), "found floats of shape [1, 2, 2]"],
];

for (const [bytes, message] of noImages) {
  Deno.test(`this array is refused as images: ${message}`, () =>
    inFile("a.npy", bytes, async (path) => {
      await assertRejects(() => openImages(path), EvaluationError, message);
    }));
}

Deno.test("images have the height, width and channels of their array", async () => {
  const shapes: [number[], number][] = [[[2, 3, 4], 1], [[2, 3, 4, 3], 3]];
  for (const [shape, channels] of shapes) {
    const values = Uint8Array.from({ length: 24 * channels }, (_, i) => i);
    await inFile("a.npy", npyOf(values, shape), async (path) => {
      const { name, count, height, width, channels: found, read } = await openImages(path);
      assertEquals([name, count, height, width, found], [
        path,
        2,
        3,
        4,
        channels,
      ]);
      assertEquals(await read(0, 2), values);
    });
  }
});

const idx = Uint8Array.of(
  0,
  0,
  8,
  3,
  ...[0, 0, 0, 1],
  ...[0, 0, 0, 1],
  ...[0, 0, 0, 2],
  7,
  9,
);

Deno.test("an IDX file may be gzipped", () =>
  inFile("images.gz", gzipSync(idx), async (path) => {
    assertEquals([...await (await openImages(path)).read(0, 1)], [7, 9]);
  }));

Deno.test("a file that is not gzip, or grows more than a hundredfold, is refused", async () => {
  const packed = gzipSync(new Uint8Array(1e6));
  for (const bytes of [idx, packed]) {
    await inFile("images.gz", bytes, async (path) => {
      const error = await assertRejects(
        () => openImages(path),
        EvaluationError,
        `${path}: wanted a gzipped file`,
      );
      assertInstanceOf(error.cause, Error);
    });
  }
});

Deno.test("the error for a missing path carries the cause", async () => {
  const error = await assertRejects(() => openImages("/nowhere/images"), EvaluationError);
  assertInstanceOf(error.cause, Deno.errors.NotFound);
});

Deno.test("a path that is not readable is not reported as missing", async () => {
  const error = await assertRejects(() => openImages(`/${"a".repeat(300)}`));
  assertEquals(error instanceof EvaluationError, false);
});

/** Returns a file of the floats 0, 1, 2, … */
function floats(shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return npyOf(Float64Array.from({ length: count }, (_, i) => i), shape);
}

async function inFile(
  name: string,
  bytes: Uint8Array | Promise<Uint8Array>,
  body: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/${name}`, new Uint8Array(await bytes));
    await body(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
