import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { DatasetError } from "../../lib/dataset/dataset_error.ts";
import { parseIdx } from "../../lib/dataset/idx.ts";

Deno.test("an IDX file of one, two and three dimensions gives its shape and values", () => {
  const cases: [shape: number[], values: number[]][] = [
    [[3], [7, 0, 255]],
    [[2, 2], [1, 2, 3, 4]],
    [[1, 2, 3], [1, 2, 3, 4, 5, 6]],
    [[0], []],
    [[0, 28, 28], []],
  ];
  for (const [shape, values] of cases) {
    const parsed = parseIdx(encodeIdx(shape, values), "file");
    assertEquals(parsed, { shape, values: Uint8Array.from(values) });
  }
});

Deno.test("sizes in an IDX file are big-endian", () => {
  const values = new Uint8Array(0x0102);
  const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 1, 2, ...values);
  assertEquals(parseIdx(bytes, "file").shape, [0x0102]);
});

Deno.test("parseIdx returns a view of the file's bytes, even if these are a view themselves", () => {
  const padded = Uint8Array.of(9, 9, ...encodeIdx([2], [5, 6]), 9);
  const bytes = padded.subarray(2, -1);
  const { values } = parseIdx(bytes, "file");
  assertEquals([...values], [5, 6]);
  assert(values.buffer === padded.buffer);
});

Deno.test("parseIdx returns every encoded shape and its values", () => {
  const shapes = fc.array(fc.nat(6), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(shapes, fc.nat(255), (shape, start) => {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = Uint8Array.from({ length: count }, (_, i) => start + i);
    assertEquals(parseIdx(encodeIdx(shape, values), "f"), { shape, values });
  }));
});

Deno.test("the error for a refused IDX file names the file, what was expected and what was found", () => {
  const cases: [bytes: Uint8Array, ...messageParts: string[]][] = [
    [new Uint8Array(), "magic number", "found nothing"],
    [Uint8Array.of(0, 0, 8), "magic number", "found 00 00 08"],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), "magic number", "found 1f 8b 08 00"],
    [Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 0), "found 01 00 08 01"],
    [Uint8Array.of(0, 1, 8, 1, 0, 0, 0, 0), "found 00 01 08 01"],
    [Uint8Array.of(0, 0, 13, 1), "found 00 00 0d 01"], // floats
    [Uint8Array.of(0, 0, 8, 0), "found 00 00 08 00"],
    [Uint8Array.of(0, 0, 8, 4), "found 00 00 08 04"],
    [Uint8Array.of(0, 0, 8, 2, 0, 0, 0), "header of 12 bytes", "found 7"],
    [encodeIdx([3], [1, 2]), "says 3", "wanted 3 values", "found 2"],
    [encodeIdx([2, 1], [1, 2, 3]), "says 2 x 1", "wanted 2", "found 3"],
  ];
  for (const [bytes, ...parts] of cases) {
    const refuse = () => parseIdx(bytes, "some/labels");
    for (const part of ["some/labels", ...parts]) {
      assertThrows(refuse, DatasetError, part);
    }
  }
});

Deno.test("counts up to 2^32 - 1 are compared exactly, before any memory is allocated", () => {
  const most = 2 ** 32 - 1;
  const product = 79228162458924105385300197375n; // (2^32 - 1)^3
  assertThrows(
    () => parseIdx(encodeIdx([most, most, most], [1]), "file"),
    DatasetError,
    `wanted ${product} values after it, found 1`,
  );
  // 2^64 overflows to 0 in 32-bit or 64-bit arithmetic, and no values follow the header.
  assertThrows(
    () => parseIdx(encodeIdx([2 ** 31, 2 ** 31, 4], []), "file"),
    DatasetError,
    `wanted ${2n ** 64n} values`,
  );
});

Deno.test("random bytes are either parsed or refused with a DatasetError", () => {
  const headers = fc.tuple(
    fc.constantFrom([0, 0, 8, 1], [0, 0, 8, 2], [0, 0, 8, 3]),
    fc.array(fc.constantFrom(0, 1, 255), { maxLength: 14 }),
  ).map(([magic, rest]) => Uint8Array.from([...magic, ...rest]));
  const hostile = fc.oneof(fc.uint8Array({ maxLength: 40 }), headers);
  fc.assert(fc.property(hostile, parsesOrRefuses), { numRuns: 500 });
});

Deno.test("every truncation of an IDX file is refused", () => {
  const whole = encodeIdx([2, 3], [1, 2, 3, 4, 5, 6]);
  for (let length = 0; length < whole.length; length++) {
    assertThrows(() => parseIdx(whole.subarray(0, length), "f"), DatasetError);
  }
});

function parsesOrRefuses(bytes: Uint8Array): void {
  try {
    const { shape, values } = parseIdx(bytes, "file");
    assertEquals(shape.reduce((a, b) => a * b, 1), values.length);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
  }
}

/** Returns an IDX file of unsigned bytes; their number need not match the shape. */
function encodeIdx(shape: number[], values: Iterable<number>): Uint8Array {
  const sizes = shape.flatMap((size) => [
    size >>> 24,
    (size >>> 16) & 255,
    (size >>> 8) & 255,
    size & 255,
  ]);
  return Uint8Array.from([0, 0, 8, shape.length, ...sizes, ...values]);
}
