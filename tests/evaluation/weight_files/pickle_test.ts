/**
 * Tests how `readPickle` handles the opcodes of Python's pickle format. CPython's file
 * Lib/pickletools.py describes these opcodes.
 */
import { assertEquals, assertThrows } from "@std/assert";
import { type PickleOptions, readPickle } from "../../../lib/evaluation/weight_files/pickle.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
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

const options: PickleOptions = {
  globals: [
    {
      name: "math.sum",
      call: (args) => (args as number[]).reduce((a, b) => a + b, 0),
    },
    { name: "math.pi" },
  ],
  persistent: (id) => ({ id }),
};

const values: readonly [what: string, program: Piece, value: unknown][] = [
  ["None", "N", null],
  ["true", 0x88, true],
  ["false", 0x89, false],
  ["a byte", ["K", 200], 200],
  ["two bytes", ["M", 1, 2], 0x201],
  ["four bytes", ["J", 1, 2, 3, 4], 0x4030201],
  ["four bytes below 0", integer(-5), -5],
  ["a long number of no bytes", [0x8a, 0], 0],
  ["a long number of one byte", [0x8a, 1, 0x7f], 127],
  ["a long number below 0", [0x8a, 1, 0xff], -1],
  ["a long number of two bytes", [0x8a, 2, 0x00, 0x80], -32768],
  ["2^53", [0x8a, 7, 0, 0, 0, 0, 0, 0, 0x20], 2 ** 53],
  ["2^53 + 1", [0x8a, 7, 1, 0, 0, 0, 0, 0, 0x20], 2n ** 53n + 1n],
  ["a float", ["G", 0xbf, 0xf8, 0, 0, 0, 0, 0, 0], -1.5],
  ["a short string", ["U", 2, "ab"], "ab"],
  ["a short text", [0x8c, 2, 0xc3, 0xa9], "é"],
  ["a string", ["T", 2, 0, 0, 0, "ab"], "ab"],
  ["a text", text("abc"), "abc"],
  ["an empty list", "]", []],
  ["an empty tuple", ")", []],
  ["an empty dictionary", "}", new Map()],
  ["a tuple of one", [integer(1), 0x85], [1]],
  ["a tuple of two", [integer(1), integer(2), 0x86], [1, 2]],
  ["a tuple of three", [integer(1), integer(2), integer(3), 0x87], [1, 2, 3]],
  ["a tuple from a mark", tuple(integer(1), tuple(), text("a")), [1, [], "a"]],
  ["a list with an item", ["]", integer(7), "a"], [7]],
  ["a list with items", ["](", integer(7), integer(8), "e"], [7, 8]],
  [
    "a dictionary with an item",
    ["}", text("a"), integer(1), "s"],
    new Map([["a", 1]]),
  ],
  [
    "a dictionary with items",
    dictionary({ a: "N", b: "]" }),
    new Map<string, unknown>([["a", null], ["b", []]]),
  ],
  ["a frame", [0x95, 1, 2, 3, 4, 5, 6, 7, 8, "N"], null],
  ["a value from the memo", [integer(3), "q", 9, "h", 9, 0x86], [3, 3]],
  ["a value from the large memo", [
    integer(3),
    "r",
    0,
    1,
    0,
    0,
    "j",
    0,
    1,
    0,
    0,
    0x86,
  ], [3, 3]],
  ["a call", call(global("math", "sum"), integer(2), integer(3)), 5],
  ["a call by a name on the stack", [
    text("math"),
    text("sum"),
    0x93,
    tuple(integer(4)),
    "R",
  ], 4],
  ["a global that is only named", global("math", "pi"), options.globals![1]],
  ["data from outside", [tuple(text("a"), integer(1)), "Q"], { id: ["a", 1] }],
  ["a dictionary with a state to ignore", ["}", integer(1), "b"], new Map()],
];

for (const [what, program, value] of values) {
  Deno.test(`the reader of pickles understands ${what}`, () => {
    const bytes = pickle(program);
    assertEquals(readPickle(bytes, options), { value, end: bytes.length });
  });
}

Deno.test("the memo numbers entries that are stored without a number", () => {
  const [three, four] = [[integer(3), 0x94], [integer(4), 0x94]];
  const program = ["(", three, four, ["h", 1], ["h", 0], "t"];
  assertEquals(readPickle(pickle(program)).value, [3, 4, 4, 3]);
});

Deno.test("a pickle may be surrounded by other bytes", () => {
  const bytes = bytesOf("before", [...pickle(integer(7))], "behind");
  assertEquals(readPickle(bytes, { at: 6 }), { value: 7, end: 6 + 8 });
  assertEquals(readPickle(bytes.subarray(6)), { value: 7, end: 8 });
});

Deno.test("pickles of protocols 2 to 5 are read", () => {
  for (const version of [2, 3, 4, 5]) {
    assertEquals(readPickle(bytesOf(0x80, version, "N.")).value, null);
  }
  for (const version of [0, 1, 6]) {
    refused(
      bytesOf(0x80, version, "N."),
      `found protocol ${version} at byte 2`,
    );
  }
});

const refusals: readonly [program: Piece, found: string][] = [
  ["", "an operation without its operands at byte 3"],
  ["0", "the opcode 0x30 at byte 3"],
  [["h", 5], "a use of value 5 before its definition"],
  [["j", 5, 0, 0, 0], "a use of value 5 before its definition"],
  [["N", "N", "a"], "items for a value that is not a list"],
  [["N", "(", "N", "e"], "items for a value that is not a list"],
  [["]", "N", "N", "s"], "items for a value that is not a dictionary"],
  [["}", "(", "N", "u"], "items for a value that is not a dictionary"],
  [["N", "(", "u"], "items for a value that is not a dictionary"],
  [["N", "t"], "an end without a start"],
  [["N", "(", 0x85], "an operation without its operands"],
  [["N", "(", "q", 0], "an operation without its operands"],
  // An operation must not change or store the value below a mark, even if a tuple of what follows
  // the mark is all that remains.
  [["N", "(", "q", 0, "t"], "an operation without its operands"],
  [["N", "(", 0x94, "t"], "an operation without its operands"],
  [["](", "N", "a", "t"], "an operation without its operands"],
  [["}(", "N", "b", "t"], "an operation without its operands"],
  [["N", 0x86], "an operation without its operands"],
  [["N", "("], "an operation without its operands"],
  [global("os", "system"), "a request for os.system"],
  [["N", text("a"), 0x93], "a global whose name is not a string"],
  [[text("a"), "N", 0x93], "a global whose name is not a string"],
  ["cos", "a name without an end"],
  ["cos\nsystem", "a name without an end"],
  [["N", ")", "R"], "a call of a value that is not a function"],
  [call(global("math", "pi")), "a call of math.pi"],
  [[global("math", "sum"), "N", "R"], "a call of math.sum"],
  [["N", "N", "b"], "the state of an object"],
];

for (const [program, found] of refusals) {
  Deno.test(`this pickle is refused: ${found}, ${JSON.stringify(program)}`, () => {
    refused(
      pickle(program),
      `wanted a pickle of nothing but tensors, found ${found}`,
    );
  });
}

Deno.test("external data is refused if the reader has no handler for it", () => {
  assertThrows(
    () => readPickle(pickle(text("a"), "Q")),
    WeightFileError,
    "found a request for data from outside",
  );
});

Deno.test("a truncated pickle is refused, wherever it is cut", () => {
  const whole = pickle(
    tuple(text("ab"), integer(1), ["G", 0, 0, 0, 0, 0, 0, 0, 0], [
      0x8a,
      2,
      1,
      1,
    ]),
    call(global("math", "sum"), integer(1)),
  );
  readPickle(whole, options);
  for (let length = 0; length < whole.length; length++) {
    refused(whole.subarray(0, length), "wanted a pickle");
  }
  refused(whole.subarray(0, 7), "found its end at byte");
});

function refused(bytes: Uint8Array, message: string): void {
  assertThrows(() => readPickle(bytes, options), WeightFileError, message);
}
