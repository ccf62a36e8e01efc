import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { looksLikeNpy, parseNpy } from "../../../lib/evaluation/readers/npy.ts";
import { describe, npyFile, npyOf } from "./files.ts";

/** The numbers 1.5 and −2 in each type that the reader supports. */
const numbers: readonly [
  type: string,
  bytes: readonly number[],
  as: unknown,
][] = [
  ["<f2", [0x00, 0x3e, 0x00, 0xc0], Float32Array],
  [">f2", [0x3e, 0x00, 0xc0, 0x00], Float32Array],
  ["<f4", [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0], Float32Array],
  [">f4", [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], Float32Array],
  ["=f4", [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0], Float32Array],
  [
    "<f8",
    [0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0],
    Float64Array,
  ],
  [
    ">f8",
    [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0],
    Float64Array,
  ],
];

for (const [type, bytes, kind] of numbers) {
  Deno.test(`numbers of the type ${type} are read`, () => {
    const file = npyFile(describe(type, [2]), Uint8Array.from(bytes));
    const { shape, values } = parseNpy(file, "file");
    assertEquals([shape, [...values]], [[2], [1.5, -2]]);
    assertInstanceOf(values, kind as typeof Float32Array);
  });
}

Deno.test("arrays in Fortran's order, where the first index varies fastest, are transposed", () => {
  // This is the array [[[0, 1], [2, 3], [4, 5]], [[6, 7], …]]. Its element (i, j, k) is
  // `6i + 2j + k`.
  const bytes: number[] = [];
  for (let k = 0; k < 2; k++) {
    for (let j = 0; j < 3; j++) {
      for (let i = 0; i < 2; i++) bytes.push(6 * i + 2 * j + k);
    }
  }
  const file = npyFile(
    describe("|u1", [2, 3, 2], true),
    Uint8Array.from(bytes),
  );
  const wanted = Uint8Array.from(bytes.keys());
  assertEquals(parseNpy(file, "file"), { shape: [2, 3, 2], values: wanted });
});

Deno.test("a scalar, an empty array and an array of eight dimensions are read", () => {
  const shapes: [number[], number][] = [[[], 1], [[0, 4], 0], [
    Array(8).fill(1),
    1,
  ]];
  for (const [shape, count] of shapes) {
    const file = npyOf(new Uint8Array(count), shape);
    assertEquals(parseNpy(file, "file"), {
      shape,
      values: new Uint8Array(count),
    });
  }
});

Deno.test("a size may have several digits on any axis, and the spaces and the last comma may be missing", () => {
  for (const shape of [[12], [3, 12], [12, 3], [2, 10, 12]]) {
    const count = shape.reduce((product, size) => product * size);
    const values = Uint8Array.from({ length: count }, (_, i) => i);
    assertEquals(parseNpy(npyOf(values, shape), "file"), { shape, values });
  }
  const values = Uint8Array.from({ length: 12 }, (_, i) => i);
  const start = "{'descr': '|u1', 'fortran_order': False, 'shape': ";
  const endings: readonly [ending: string, shape: number[]][] = [
    ["(12,)}", [12]],
    ["(12,),}", [12]],
    ["(12, ), }", [12]],
    ["(3,4) }", [3, 4]],
    ["(3, 4,), }", [3, 4]],
  ];
  for (const [ending, shape] of endings) {
    assertEquals(parseNpy(npyFile(start + ending, values), "file"), { shape, values }, ending);
  }
});

Deno.test("versions 2 and 3 with longer headers are read, and other versions are refused", () => {
  const plain = npyOf(Uint8Array.of(7), [1]);
  const inVersion = (version: number, length = plain.length - 11) =>
    Uint8Array.from([
      ...plain.subarray(0, 6),
      ...[version, 0],
      ...new Uint8Array(Uint32Array.of(length).buffer),
      ...plain.subarray(10),
    ]);
  for (const version of [2, 3]) {
    assertEquals([...parseNpy(inVersion(version), "file").values], [7]);
  }
  for (const version of [0, 4]) {
    refusedBy(inVersion(version), `found version ${version}`);
  }
  refusedBy(
    inVersion(2, plain.length - 9),
    "wanted a header of at most 10000 bytes",
  );
  refusedBy(inVersion(2, 2 ** 31), "found one of 2147483648");
});

Deno.test("a header may be as long as NumPy allows, and no longer", () => {
  const padded = (length: number) =>
    npyFile(describe("|u1", [1]).padEnd(length - 1), Uint8Array.of(7));
  assertEquals([...parseNpy(padded(10_000), "file").values], [7]);
  refusedBy(padded(10_001), "found one of 10001");
});

const descriptions: readonly [description: string, message: string][] = [
  [describe("|u1", Array(9).fill(1)), "wanted at most 8 dimensions, found 9"],
  [describe("<i4", [1]), "found i4. In NumPy: array.astype"],
  [describe("<c16", [1]), "found c16. In NumPy: array.astype"],
  [describe("|u1", [2]), "so wanted 2 bytes after it, found 1"],
  [describe("<f8", [1]), "so wanted 8 bytes after it, found 1"],
  [describe("|O", [1]), "Pickled objects and records are not read"],
  [`x${describe("|u1", [1])}`, "wanted a description of one array"],
  [`${describe("|u1", [1])}x`, "wanted a description of one array"],
  [
    describe("|u1", [1]).replace("1,", "-1,"),
    "wanted a description of one array",
  ],
  [
    describe("|u1", [1]).replace("False", "false"),
    "wanted a description of one array",
  ],
  [describe("|u1", [1]).padEnd(300, "x"), `${"x".repeat(100)}`],
];

for (const [description, message] of descriptions) {
  Deno.test(`this header is refused: ${description.slice(0, 80)}`, () => {
    refusedBy(npyFile(description, Uint8Array.of(7)), message);
  });
}

Deno.test("a .npy file is recognized by its first six bytes", () => {
  const file = npyOf(Uint8Array.of(7), [1]);
  assertEquals(looksLikeNpy(file), true);
  for (let i = 0; i < 6; i++) {
    assertEquals(looksLikeNpy(file.with(i, 0)), false);
    refusedBy(file.with(i, 0), "does not begin like one");
  }
});

function refusedBy(bytes: Uint8Array, message: string): void {
  assertThrows(() => parseNpy(bytes, "file"), EvaluationError, message);
}
