/**
 * Tests the reader of PyTorch files on files that the test builds itself. Each file is built in
 * both of the forms that torch.save has used: a zip archive, and an older sequence of pickles.
 */
import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { decodeTorch, readTorchFile } from "../../../lib/evaluation/weight_files/torch_file.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { sha256 } from "../../../lib/models/weights.ts";
import { npzOf } from "../readers/files.ts";
import { type Entry, zip } from "../../support/hostile/wrappers.ts";
import { countWorkers } from "../../support/workers.ts";
import {
  bytesOf,
  call,
  dictionary,
  global,
  integer,
  pickle,
  type Piece,
  text,
  tuple,
} from "../../support/pickles.ts";

const floats = Float32Array.of(0, 1, 2, 3, 4, 5);
const doubles = Float64Array.of(0.1, -2);
const longs = BigInt64Array.of(2n ** 40n, -7n);

/**
 * Returns a tensor as it appears in a pickle. By default it is a 2x3 tensor of the six numbers in
 * `floats`.
 */
function tensor(
  {
    type = "FloatStorage",
    key = "0",
    count = floats.length,
    offset = 0,
    shape = [2, 3],
    strides = [3, 1],
    kind = "storage",
  } = {},
): Piece {
  const id = tuple(
    text(kind),
    global("torch", type),
    text(key),
    text("cpu"),
    integer(count),
  );
  return call(
    global("torch._utils", "_rebuild_tensor_v2"),
    [id, "Q"],
    integer(offset),
    tuple(...shape.map(integer)),
    tuple(...strides.map(integer)),
    0x89,
    call(global("collections", "OrderedDict")),
  );
}

const read: readonly [
  what: string,
  Piece,
  shape: number[],
  values: number[],
][] = [
  ["the whole storage", tensor(), [2, 3], [...floats]],
  ["a part of the storage", tensor({ offset: 2, shape: [2], strides: [1] }), [2], [
    2,
    3,
  ]],
  ["the end of the storage", tensor({ offset: 4, shape: [2], strides: [1] }), [2], [4, 5]],
  ["a number", tensor({ offset: 3, shape: [], strides: [] }), [], [3]],
  [
    "an axis of length 1 with any stride",
    tensor({ shape: [1, 6], strides: [9, 1] }),
    [1, 6],
    [...floats],
  ],
  [
    "an empty tensor with any strides",
    tensor({ shape: [0, 3], strides: [7, 5] }),
    [0, 3],
    [],
  ],
  [
    "64 axes",
    tensor({ shape: Array(64).fill(1), strides: Array(64).fill(1) }),
    Array(64).fill(1),
    [0],
  ],
  [
    "a parameter",
    call(global("torch._utils", "_rebuild_parameter"), tensor(), 0x88, "}"),
    [2, 3],
    [...floats],
  ],
];

for (const [what, piece, shape, values] of read) {
  Deno.test(`a tensor is read in either form: ${what}`, async () => {
    const wanted = new Map([["a", {
      shape,
      values: Float32Array.from(values),
    }]]);
    for (const file of bothForms(dictionary({ a: piece }))) {
      assertEquals(await decodeTorch(file, "a.pth"), wanted);
    }
  });
}

Deno.test("64-bit numbers are read in either form, and tensors may share a storage", async () => {
  const entries = dictionary({
    a: tensor({ shape: [1], strides: [1] }),
    b: tensor({
      type: "DoubleStorage",
      key: "d",
      count: 2,
      shape: [2],
      strides: [1],
    }),
    c: tensor({
      type: "LongStorage",
      key: "l",
      count: 2,
      shape: [2],
      strides: [1],
    }),
    d: tensor({ offset: 5, shape: [1], strides: [1] }),
  });
  const wanted = new Map([
    ["a", { shape: [1], values: Float32Array.of(0) }],
    ["b", { shape: [2], values: Float32Array.of(0.1, -2) }],
    ["c", { shape: [2], values: Float32Array.of(2 ** 40, -7) }],
    ["d", { shape: [1], values: Float32Array.of(5) }],
  ]);
  for (const file of bothForms(entries, { 0: floats, d: doubles, l: longs })) {
    assertEquals(await decodeTorch(file, "a.pth"), wanted);
  }
});

const refusedTensors: readonly [Piece, found: string][] = [
  [tensor({ offset: 1 }), "a tensor of shape [2,3] at 1 of 6 numbers"],
  [
    tensor({ shape: [7], strides: [1] }),
    "a tensor of shape [7] at 0 of 6 numbers",
  ],
  [tensor({ strides: [1, 2] }), "with strides [1,2]; save its .contiguous()"],
  [tensor({ strides: [3, 2] }), "with strides [3,2]"],
  [tensor({ strides: [4, 1] }), "with strides [4,1]"],
  [tensor({ strides: [1] }), "a tensor without offset or shape"],
  [tensor({ offset: -1 }), "a tensor without offset or shape"],
  [tensor({ shape: [-2, -3] }), "a tensor without offset or shape"],
  [
    tensor({ shape: Array(65).fill(1), strides: Array(65).fill(1) }),
    "a tensor without offset or shape",
  ],
  [tensor({ strides: [-3, 1] }), "a tensor without offset or shape"],
  [
    call(global("torch._utils", "_rebuild_tensor_v2"), "N"),
    "a tensor without offset or shape",
  ],
  [tensor({ kind: "module" }), "data of unknown kind"],
  [tensor({ count: -6 }), "data of unknown kind"],
  [[text("storage"), "Q"], "data of unknown kind"],
  [
    [tuple(text("storage"), "N", text("0"), text("cpu"), integer(6)), "Q"],
    "data of unknown kind",
  ],
  [[
    tuple(
      text("storage"),
      global("torch", "FloatStorage"),
      "N",
      text("cpu"),
      integer(6),
    ),
    "Q",
  ], "data of unknown kind"],
  [[
    tuple(
      text("storage"),
      global("collections", "OrderedDict"),
      text("0"),
      text("cpu"),
      integer(6),
    ),
    "Q",
  ], "data of unknown kind"],
  [tensor({ count: 1_000_000 }), "4000000 bytes of numbers in"],
  [
    call(global("collections", "OrderedDict"), "N"),
    "a dictionary created from arguments",
  ],
];

for (const [piece, found] of refusedTensors) {
  Deno.test(`a tensor is refused in either form: ${found}, ${JSON.stringify(piece).length}`, async () => {
    for (const file of bothForms(dictionary({ a: piece }))) {
      await refused(file, found);
    }
  });
}

Deno.test("a file that is not a dictionary of named tensors is refused", async () => {
  const cases: [Piece, string, Record<string, Numbers>?][] = [
    ["]", "found a value that is not a dictionary"],
    [["}", integer(1), "N", "s"], "found no names"],
    [["}", integer(1), tensor(), "s"], "found no names", { 0: floats }],
    [dictionary({ a: "N" }), "found 'a', which is not a tensor"],
  ];
  for (const [value, message, storages = {}] of cases) {
    for (const file of bothForms(value, storages)) await refused(file, message);
  }
});

Deno.test("an archive without pickle, little-endian numbers or complete storages is refused", async () => {
  const good = archiveEntries(dictionary({ a: tensor() }), { 0: floats });
  const numbers = new Uint8Array(floats.buffer);
  const without = (ending: string) => good.filter(([name]) => !name.endsWith(ending));
  const cases: [readonly Entry[], string][] = [
    [without("data.pkl"), "wanted data.pkl in the archive, found none"],
    [without("data/0"), "wanted data/0 in the archive, found none"],
    [
      [...without("data/0"), ["x/data/0", numbers.subarray(4)]],
      "wanted 24 bytes in x/data/0, found 20",
    ],
    [
      [...without("data/0"), ["x/data/0", bytesOf(...numbers, 0)]],
      "wanted 24 bytes in x/data/0, found 25",
    ],
    [
      [...good, ["x/byteorder", bytesOf("big")]],
      "wanted little-endian numbers, found others",
    ],
  ];
  for (const [entries, message] of cases) await refused(zip(entries), message);
  const said = zip([...good, ["x/byteorder", bytesOf("little")]]);
  assertEquals((await decodeTorch(said, "a.pth")).size, 1);
  // A file `byteorder` in a different folder says nothing about the numbers in `x`.
  const other = zip([...good, ["y/byteorder", bytesOf("big")]]);
  assertEquals((await decodeTorch(other, "a.pth")).size, 1);
});

Deno.test("a compressed archive is refused, since torch.save writes none", async () => {
  const packed = await npzOf({ "x/data": new Uint8Array(1000) }, true);
  const name = new TextEncoder().encode("data.npy");
  const renamed = Uint8Array.from(packed);
  for (let at = 0; at + name.length <= renamed.length; at++) {
    if (!name.every((byte, i) => renamed[at + i] === byte)) continue;
    renamed.set(new TextEncoder().encode("data.pkl"), at);
  }
  await refused(renamed, "wanted x/data.pkl uncompressed, found it compressed");
});

Deno.test("an entry that states a compression or impossible sizes is refused before it is unpacked", async () => {
  const archive = zip(archiveEntries(dictionary({ a: tensor() }), { 0: floats }));
  const { length } = pickle(dictionary({ a: tensor() }));
  const compressed = "wanted x/data.pkl uncompressed, found it compressed";
  const cases: [Stated, message: string][] = [
    [{ method: 8, packed: length, size: length }, compressed],
    [{ method: 0, packed: length, size: length + 1 }, compressed],
    [{ method: 0, packed: length - 1, size: length }, compressed],
    [
      { method: 0, packed: 1e9, size: 1e9 },
      `wanted up to ${archive.length} bytes in x/data.pkl, found 1000000000`,
    ],
  ];
  for (const [stated, message] of cases) await refused(stating(archive, stated), message);
  const unchanged = stating(archive, { method: 0, packed: length, size: length });
  assertEquals(unchanged, archive);
});

Deno.test("the entries of an archive are checked against their checksums", async () => {
  const archive = zip(archiveEntries(dictionary({ a: tensor() }), { 0: floats }));
  // The last two bytes of the number 5, which is the last one before the directory.
  const at = archive.findLastIndex((byte, i) => byte === 0xa0 && archive[i + 1] === 0x40);
  const error = await assertRejects(
    () => decodeTorch(archive.with(at, 0xa1), "a.pth"),
    WeightFileError,
    "Reading tensors from a.pth: ",
  );
  assertInstanceOf(error.cause, Error);
});

Deno.test("a file that does not start like an archive is not read as one", async () => {
  const archive = zip(archiveEntries(dictionary({ a: tensor() }), { 0: floats }));
  // Readers of zip archives find the directory at the end, whatever precedes the first entry.
  for (const start of [[0, 0], [0, 0x4b], [0x50, 0]]) {
    await refused(bytesOf(...start, [...archive]), "wanted a pickle of nothing but tensors");
  }
});

Deno.test("reading an archive starts no web worker, which would outlive the reading", async () => {
  const [archive] = bothForms(dictionary({ a: tensor() }));
  assertEquals(await countWorkers(() => decodeTorch(archive, "a.pth")), 0);
});

Deno.test("the older form starts with its magic number, its version and little-endian order", async () => {
  const parts = sequence(dictionary({ a: tensor() }), { 0: floats });
  const changed = (place: number, piece: Uint8Array) =>
    bytesOf(...parts.with(place, piece).map((part) => [...part]));
  await refused(
    changed(0, pickle([0x8a, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1])),
    "wanted torch.save's number, found a different one",
  );
  await refused(
    changed(1, pickle(["M", 0xea, 0x03])),
    "wanted version 1001, found a different one",
  );
  await refused(
    changed(2, pickle(dictionary({ little_endian: 0x89 }))),
    "wanted little-endian numbers, found others",
  );
  await refused(
    changed(2, pickle(dictionary({}))),
    "wanted little-endian numbers, found others",
  );
  await refused(
    changed(2, pickle("]")),
    "wanted little-endian numbers, found others",
  );
});

Deno.test("the older form must have each storage exactly once, and complete", async () => {
  const parts = sequence(dictionary({ a: tensor() }), { 0: floats });
  const changed = (keys: Piece, storages: Uint8Array) =>
    bytesOf(
      ...[...parts.slice(0, 4), pickle(keys), storages].map((
        part,
      ) => [...part]),
    );
  const storage = parts.at(-1)!;
  const one = ["](", text("0"), "e"];
  assertEquals((await decodeTorch(changed(one, storage), "a.pth")).size, 1);
  const cases: [Piece, Uint8Array, string][] = [
    [["](", text("1"), "e"], storage, "wanted each storage once, found others"],
    [
      ["](", text("0"), text("0"), "e"],
      bytesOf(...storage, ...storage),
      "wanted each storage once, found others",
    ],
    ["]", storage, "wanted all storages, found some missing"],
    [dictionary({}), storage, "wanted all storages, found some missing"],
    [one, storage.subarray(0, -1), "wanted 6 numbers, found a different count"],
    [one, storage.with(0, 5), "wanted 6 numbers, found a different count"],
  ];
  for (const [keys, storages, message] of cases) {
    await refused(changed(keys, storages), message);
  }
});

Deno.test("a file is identified by its checksum, and a missing one is named", async () => {
  const path = `${await Deno.makeTempDir()}/a.pth`;
  const [file] = bothForms(dictionary({ a: tensor() }));
  await Deno.writeFile(path, file);
  const { tensors, hash } = await readTorchFile(path);
  assertEquals(tensors, await decodeTorch(file, path));
  assertEquals(hash, await sha256(file));
  await assertRejects(
    () => readTorchFile(`${path}x`),
    WeightFileError,
    `${path}x: wanted a file of weights, found no such file`,
  );
});

type Numbers = Float32Array | Float64Array | BigInt64Array;

function bothForms(
  value: Piece,
  storages: Readonly<Record<string, Numbers>> = { 0: floats },
): Uint8Array<ArrayBuffer>[] {
  return [
    zip(archiveEntries(value, storages)),
    bytesOf(...sequence(value, storages).map((part) => [...part])),
  ];
}

function archiveEntries(
  value: Piece,
  storages: Readonly<Record<string, Numbers>>,
): Entry[] {
  return [
    ["x/data.pkl", pickle(value)],
    ...Object.entries(storages).map((
      [key, numbers],
    ): Entry => [`x/data/${key}`, new Uint8Array(numbers.buffer)]),
  ];
}

/**
 * Returns the parts of a file in the older form: the magic number, the version, the byte order, the
 * dictionary of tensors, the keys of the storages, and the storages.
 */
function sequence(
  value: Piece,
  storages: Readonly<Record<string, Numbers>>,
): Uint8Array[] {
  const magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];
  const all = Object.entries(storages);
  return [
    pickle([0x8a, 10, magic]),
    pickle(["M", 0xe9, 0x03]),
    pickle(dictionary({ little_endian: 0x88 })),
    pickle(value),
    pickle(["](", all.map(([key]) => text(key)), "e"]),
    bytesOf(...all.map(([, numbers]) => [
      ...new Uint8Array(BigInt64Array.of(BigInt(numbers.length)).buffer),
      ...new Uint8Array(numbers.buffer),
    ])),
  ];
}

/** What an archive states about an entry: the compression, and the size with and without it. */
interface Stated {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
}

/** Changes what an archive states about its first entry. The entry itself remains as it is. */
function stating(archive: Uint8Array, { method, packed, size }: Stated): Uint8Array {
  const changed = archive.slice();
  const view = new DataView(changed.buffer);
  const directory = changed.findIndex((_, at) =>
    at + 4 <= changed.length && view.getUint32(at, true) === 0x02014b50
  );
  // The first header is in front of the entry, and the second one is in the directory. There, two
  // more bytes precede the same fields.
  for (const at of [0, directory + 2]) {
    view.setUint16(at + 8, method, true);
    view.setUint32(at + 18, packed, true);
    view.setUint32(at + 22, size, true);
  }
  return changed;
}

async function refused(file: Uint8Array, message: string): Promise<void> {
  await assertRejects(
    () => decodeTorch(Uint8Array.from(file), "a.pth"),
    WeightFileError,
    message,
  );
  await assertRejects(
    () => decodeTorch(Uint8Array.from(file), "a.pth"),
    WeightFileError,
    "Reading tensors from a.pth: ",
  );
}
