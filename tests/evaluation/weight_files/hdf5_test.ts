/**
 * Tests how weights are read from HDF5 files. The tests use the HDF5 library itself to write these
 * files.
 */
import { assertEquals, assertRejects } from "@std/assert";
import * as h5 from "h5wasm";
import { decodeHdf5 } from "../../../lib/evaluation/weight_files/hdf5.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";

const { FS } = await h5.ready;

/** Returns what the HDF5 library still has: its files, and the number of files that are open. */
function whatRemains() {
  const { streams } = FS as unknown as { streams: readonly unknown[] };
  return { files: FS.readdir("/"), open: streams.filter(Boolean).length };
}

function fileOf(build: (file: h5.File) => void): Uint8Array {
  const path = `/${crypto.randomUUID()}`;
  const file = new h5.File(path, "w");
  build(file);
  file.close();
  const bytes = FS.readFile(path).slice();
  FS.unlink(path);
  return bytes;
}

function nested(file: h5.File, depth: number): h5.Group {
  let group: h5.Group = file;
  for (let i = 0; i < depth; i++) group = group.create_group("g");
  return group;
}

/**
 * Creates one group for each level from 0 to `levels`. Each group contains `width` links to the
 * group one level below.
 */
function wide(file: h5.File, width: number, levels: number): void {
  file.create_group("level 0");
  for (let level = 1; level <= levels; level++) {
    const group = file.create_group(`level ${level}`);
    for (let i = 0; i < width; i++) group.create_soft_link(`/level ${level - 1}`, `${i}`);
  }
}

const one = { name: "a", data: Float32Array.of(5) };

Deno.test("tensors that are empty, have one number or have no axes are read, up to eight groups deep", async () => {
  const bytes = fileOf((file) => {
    file.create_dataset({ name: "empty", data: new Float32Array(0), shape: [0, 3] });
    file.create_dataset({ ...one, name: "one", shape: [1, 1] });
    file.create_dataset({ ...one, name: "number", shape: [] });
    nested(file, 8).create_dataset({ ...one, shape: [1] });
  });
  const five = Float32Array.of(5);
  const before = whatRemains();
  assertEquals(
    await decodeHdf5(bytes, "a.h5"),
    new Map([
      ["empty", { shape: [0, 3], values: new Float32Array(0) }],
      ["one", { shape: [1, 1], values: five }],
      ["number", { shape: [], values: five }],
      ["g/g/g/g/g/g/g/g/a", { shape: [1], values: five }],
    ]),
  );
  assertEquals((await decodeHdf5(fileOf(() => {}), "a.h5")).size, 0);
  assertEquals(whatRemains(), before);
});

const refused: readonly [what: string, build: (file: h5.File) => void, found: string][] = [
  ["nine groups deep", (file) => nested(file, 9), `groups 9 deep at ${"g/".repeat(9)}`],
  // A reader that follows every link would visit 10 + 100 + 1000 groups, although the file has only
  // about 1 KB.
  ["wide", (file) => wide(file, 10, 3), "more objects than bytes"],
  ["of integers", (file) => file.create_dataset({ name: "a", data: Int32Array.of(5) }), "form"],
  ["of doubles", (file) => file.create_dataset({ name: "a", data: Float64Array.of(5) }), "form"],
  ["of text", (file) => file.create_dataset({ name: "a", data: "abcd" }), "form"],
  ["of a broken link", (file) => file.create_soft_link("/b", "a"), "'a', which is not a tensor"],
  [
    // Each link to the tensor counts as another tensor. Otherwise, a small file could fill the
    // memory.
    "of one tensor under two names",
    (file) => {
      file.create_dataset({ name: "a", data: new Float32Array(1000) });
      file.create_soft_link("/a", "b");
    },
    "'b' of shape [1000] in a smaller file",
  ],
];

for (const [what, build, found] of refused) {
  Deno.test(`an HDF5 file ${what} is refused and leaves nothing behind`, async () => {
    const bytes = fileOf(build);
    const before = whatRemains();
    const error = await assertRejects(() => decodeHdf5(bytes, "a.h5"), WeightFileError);
    const wanted = found === "form" ? "'a' in a different form" : found;
    assertEquals(
      error.message,
      `Reading tensors from a.h5: wanted an HDF5 file of float32 tensors, found ${wanted}.`,
    );
    assertEquals((error.cause as Error).message, wanted);
    assertEquals(whatRemains(), before);
  });
}

Deno.test("tensors may have as many bytes as the file that contains them, and no more", async () => {
  // A second name doubles the bytes of a tensor, but not those of the file.
  const twice = (count: number) =>
    fileOf((file) => {
      file.create_dataset({ name: "a", data: new Float32Array(count) });
      file.create_soft_link("/a", "b");
    });
  const overhead = twice(1000).length - 4 * 1000;
  const count = overhead / 4;
  const [fits, small] = [twice(count), twice(count + 1)];
  assertEquals([fits.length, small.length], [2 * 4 * count, 2 * 4 * count + 4]);
  const { size } = await decodeHdf5(fits, "a.h5");
  assertEquals(size, 2);
  await assertRejects(
    () => decodeHdf5(small, "a.h5"),
    WeightFileError,
    `'b' of shape [${count + 1}] in a smaller file`,
  );
});

Deno.test("big-endian numbers are refused", async () => {
  const file = new URL("../../golden/weight_files/tensors.h5", import.meta.url);
  const bytes = await Deno.readFile(file);
  // The bytes with which HDF5 describes a float32: the class and version, the byte order and
  // position of the sign, and the number of bytes.
  const form = [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0];
  let changed = 0;
  for (let at = 0; at + form.length <= bytes.length; at++) {
    if (!form.every((byte, i) => bytes[at + i] === byte)) continue;
    bytes[at + 1] |= 1;
    changed++;
  }
  assertEquals(changed, 3);
  await assertRejects(
    () => decodeHdf5(bytes, "a.h5"),
    WeightFileError,
    "found 'layer/layer/bias:0' in a different form.",
  );
});

Deno.test("the error quotes only the cause from the library's report", async () => {
  const bytes = fileOf((file) => file.create_dataset({ ...one, shape: [1] }));
  const cases = [
    [new Uint8Array(100), "file signature not found"],
    [bytes.with(247, bytes[247] ^ 1), "incorrect metadata checksum after all read attempts"],
  ] as const;
  for (const [broken, found] of cases) {
    const error = await assertRejects(() => decodeHdf5(broken, "a.h5"), WeightFileError);
    assertEquals(
      error.message,
      `Reading tensors from a.h5: wanted an HDF5 file of float32 tensors, found ${found}.`,
    );
  }
});
