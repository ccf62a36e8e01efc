import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
} from "../../lib/models/safetensors.ts";

const example = new Map<string, NamedTensor>([
  ["a", { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, 1e-30, 6) }],
  ["empty", { shape: [0], values: new Float32Array() }],
  ["scalar", { shape: [], values: Float32Array.of(7) }],
]);

Deno.test("tensors survive encoding and decoding bit for bit", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.float32Array()),
      fc.dictionary(fc.string(), fc.string()),
      (arrays, metadata) => {
        delete arrays.__metadata__;
        const tensors = new Map(
          Object.entries(arrays).map((
            [name, values],
          ) => [name, { shape: [values.length], values }]),
        );
        const decoded = decodeSafetensors(
          encodeSafetensors({ tensors, metadata }),
          "file",
        );
        assertEquals([...decoded.tensors.keys()], [...tensors.keys()]);
        for (const [name, { values }] of tensors) {
          assertEquals(
            new Uint32Array(decoded.tensors.get(name)!.values.buffer),
            new Uint32Array(values.slice().buffer),
          );
        }
        assertEquals(
          JSON.stringify(decoded.metadata),
          JSON.stringify(metadata),
        );
      },
    ),
  );
});

Deno.test("the layout follows safetensors: little-endian header length, JSON, aligned numbers", () => {
  const bytes = encodeSafetensors({
    tensors: example,
    metadata: { step: "3" },
  });
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assertEquals(headerLength % 8, 0);
  // The header is padded with as few spaces as necessary.
  const padding = bytes.subarray(8, 8 + headerLength).lastIndexOf(0x7d);
  assert(headerLength - 1 - padding < 8);
  const header = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)),
  );
  assertEquals(header, {
    __metadata__: { step: "3" },
    a: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    empty: { dtype: "F32", shape: [0], data_offsets: [24, 24] },
    scalar: { dtype: "F32", shape: [], data_offsets: [24, 28] },
  });
  assertEquals(bytes.length, 8 + headerLength + 28);
});

Deno.test("a safetensors file that is truncated anywhere is refused, and the error names it", () => {
  const bytes = encodeSafetensors({ tensors: example, metadata: {} });
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(
      () => decodeSafetensors(bytes.subarray(0, length), "cut.safetensors"),
      Error,
      "cut.safetensors",
    );
  }
});

Deno.test("an invalid safetensors file is refused, and the error says what was found", () => {
  const file = (header: string, data = 0) => {
    const text = new TextEncoder().encode(header);
    const bytes = new Uint8Array(8 + text.length + data);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const tensor = (entry: unknown, data = 4) => file(JSON.stringify({ w: entry }), data);
  const f32 = { dtype: "F32", shape: [1], data_offsets: [0, 4] };
  const cases: [bytes: Uint8Array, found: string][] = [
    [new Uint8Array(7), "7 bytes"],
    [Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0), "a header of 9 bytes"],
    [Uint8Array.of(1, 225, 245, 5, 0, 0, 0, 0), "a header of 100000001 bytes"],
    [file("{"), "a header that is not JSON"],
    [
      Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 34, 255, 254, 34),
      "a header that is not JSON",
    ],
    [file("[]"), "a header that is not an object"],
    [file("null"), "a header that is not an object"],
    [file("7"), "a header that is not an object"],
    [
      tensor({ ...f32, dtype: "F16" }),
      "tensor 'w' of type \"F16\" instead of F32",
    ],
    [tensor(null), "tensor 'w' of type undefined instead of F32"],
    [tensor({ ...f32, shape: [-1] }), "tensor 'w' without a position"],
    [tensor({ ...f32, shape: 1 }), "tensor 'w' without a position"],
    [tensor({ ...f32, data_offsets: [0] }), "tensor 'w' without a position"],
    [
      tensor({ ...f32, data_offsets: [0, 3] }),
      "tensor 'w' at bytes 0 to 3 of 4",
    ],
    [
      tensor({ ...f32, data_offsets: [1, 5] }),
      "tensor 'w' at bytes 1 to 5 of 4",
    ],
    [tensor({ ...f32, shape: [2] }), "tensor 'w' at bytes 0 to 4 of 4"],
  ];
  for (const [bytes, found] of cases) {
    assertThrows(
      () => decodeSafetensors(bytes, "file"),
      Error,
      `Reading tensors from file: wanted a safetensors file, found ${found}.`,
    );
  }
  const { tensors, metadata } = decodeSafetensors(tensor(f32), "file");
  assertEquals([...tensors.keys()], ["w"]);
  assertEquals(metadata, {});
});

Deno.test("hostile bytes cause an error, but no crash and no tensor larger than the file", () => {
  const header = (json: unknown) => {
    const text = new TextEncoder().encode(JSON.stringify(json));
    const bytes = new Uint8Array(8 + text.length);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const hostile = [
    header({
      a: { dtype: "F32", shape: [2 ** 31, 2 ** 31], data_offsets: [0, 4] },
    }),
    header({ a: { dtype: "F32", shape: [1], data_offsets: [-4, 0] } }),
    header({
      a: { dtype: "F32", shape: [1], data_offsets: [2 ** 40, 2 ** 40 + 4] },
    }),
    header({ a: { dtype: "I64", shape: [1], data_offsets: [0, 8] } }),
    header({ a: null }),
    header([]),
    new Uint8Array(8).fill(255),
  ];
  for (const bytes of hostile) {
    assertThrows(() => decodeSafetensors(bytes, "hostile"), Error, "hostile");
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    try {
      decodeSafetensors(bytes, "random");
    } catch (error) {
      assert(
        error instanceof Error && error.message.includes("random"),
        String(error),
      );
    }
  }));
});
