/** Tests the encoder of protocol buffers. */
import { assertEquals } from "@std/assert";
import { readFields } from "../../lib/compile/explain/read_fields.ts";
import { encodeFields, type WriteFields } from "../../lib/compile/protobuf.ts";

const hex = (write: WriteFields) => encodeFields(write).toHex();

// The first three are the examples of the format's description
// (protobuf.dev/programming-guides/encoding). The others follow from it.
Deno.test("fields have the bytes that the format's description gives", () => {
  assertEquals(hex((message) => message.varint(1, 150)), "089601");
  assertEquals(hex((message) => message.bytes(2, "testing")), "120774657374696e67");
  assertEquals(hex((message) => message.message(3, (inner) => inner.varint(1, 150))), "1a03089601");
  assertEquals(hex((message) => message.varint(1, -2)), "08feffffffffffffffff01");
  assertEquals(hex((message) => message.varint(1, true)), "0801");
  assertEquals(hex((message) => message.varint(16, 127)), "80017f");
  assertEquals(hex((message) => message.float(1, 1.5)), "0d0000c03f");
  assertEquals(hex((message) => message.bytes(1, "é")), "0a02c3a9");
  assertEquals(
    hex((message) => message.entry(5, "a", (value) => value.varint(6, 1))),
    "2a070a016112023001",
  );
  assertEquals(hex(() => {}), "");
});

for (const length of [0, 127, 128, 16_383, 16_384, 200_000]) {
  Deno.test(`a message of ${length} bytes keeps its bytes, however deep it lies`, () => {
    const bytes = Uint8Array.from({ length }, (_, i) => i % 251);
    const whole = encodeFields((outer) => {
      outer.varint(1, 7);
      outer.message(2, (middle) => {
        middle.message(3, (inner) => inner.bytes(4, bytes));
        middle.varint(5, 8);
      });
      outer.varint(6, 9);
    });
    const outer = readFields(whole);
    const middle = readFields(outer.get(2)![0] as Uint8Array);
    const inner = readFields(middle.get(3)![0] as Uint8Array);
    assertEquals(inner.get(4)![0], bytes);
    assertEquals(middle.get(5), [8]);
    assertEquals([outer.get(1), outer.get(6)], [[7], [9]]);
  });
}
