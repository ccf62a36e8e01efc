import * as std from "@std/assert";
import { assertEquals, AssertionError, assertThrows } from "@std/assert";

// These tests use a plain `if`, because an assertion function cannot test itself.

Deno.test("each assertion passes on valid values", async () => {
  for (const run of passing) await run();
});

for (const [name, run] of Object.entries(failing())) {
  Deno.test(`an assertion fails: ${name}`, async () => {
    let thrown: unknown;
    try {
      await run();
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof AssertionError)) {
      throw new Error(`wanted an AssertionError, found ${thrown}`);
    }
  });
}

Deno.test("assertEquals reports where two values differ", () => {
  const error = assertThrows(
    () => assertEquals({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "context"),
    AssertionError,
  );
  for (const part of ["at .a[1].b: found 2, wanted 3", "context"]) {
    if (!error.message.includes(part)) throw new Error(error.message);
  }
});

Deno.test("assertThrows and assertRejects return the thrown error", async () => {
  const problem = new RangeError("too far");
  const thrown = std.assertThrows(() => {
    throw problem;
  });
  const rejected = await std.assertRejects(() => Promise.reject(problem));
  if (thrown !== problem || rejected !== problem) throw new Error("another");
});

const cyclic = () => {
  const value: Record<string, unknown> = { list: [1] };
  value.self = value;
  return value;
};

const passing: (() => unknown)[] = [
  () => std.assert(1),
  () => std.assertEquals(NaN, NaN),
  () => std.assertEquals(0, -0),
  () => std.assertEquals([NaN, { a: undefined }], [NaN, { a: undefined }]),
  () => std.assertEquals(Float32Array.of(NaN, 0), Float32Array.of(NaN, -0)),
  () => std.assertEquals(new Set([{ a: 1 }, 2]), new Set([2, { a: 1 }])),
  () => std.assertEquals(new Map([[{ k: 1 }, [2]]]), new Map([[{ k: 1 }, [2]]])),
  () => std.assertEquals(new Date(5), new Date(5)),
  () => std.assertEquals(cyclic(), cyclic()),
  () => std.assertNotEquals(1, 2),
  () => std.assertStrictEquals(NaN, NaN),
  () => std.assertAlmostEquals(1, 1 + 9e-8),
  () => std.assertAlmostEquals(0, 0.5, 0.5),
  () => std.assertGreater(2, 1),
  () => std.assertGreaterOrEqual(2, 2),
  () => std.assertLess("a", "b"),
  () => std.assertLessOrEqual(2n, 2n),
  () => std.assertExists(0),
  () => std.assertInstanceOf(new RangeError(), Error),
  () => std.assertMatch("abc", /b/),
  () => std.assertStringIncludes("abc", "bc"),
  () => std.assertArrayIncludes([{ a: 1 }, 2], [{ a: 1 }]),
  () => std.assertThrows(() => JSON.parse("{"), SyntaxError, "JSON"),
];

function failing(): Record<string, () => unknown> {
  const refuse = () => Promise.reject(new RangeError("too far"));
  return {
    "assert on 0": () => std.assert(0),
    "fail": () => std.fail("always"),
    "assertEquals on a different number": () => std.assertEquals(1, 2),
    "assertEquals on number and text": () => std.assertEquals<unknown>(1, "1"),
    "assertEquals on a missing key": () => std.assertEquals({}, { a: undefined }),
    "assertEquals on a longer list": () => std.assertEquals([1], [1, 2]),
    "assertEquals on a different typed array": () =>
      std.assertEquals<unknown>(Int8Array.of(1), Uint8Array.of(1)),
    "assertEquals on a different element": () =>
      std.assertEquals(Float32Array.of(1, 2), Float32Array.of(1, 2.5)),
    "assertEquals on a different byte of a buffer": () =>
      std.assertEquals(Uint8Array.of(1).buffer, Uint8Array.of(2).buffer),
    "assertEquals on a different set": () =>
      std.assertEquals(new Set([[1], [2]]), new Set([[1], [3]])),
    "assertEquals on a set with one element twice": () =>
      std.assertEquals(new Set([[1], [1]]), new Set([[1], [2]])),
    "assertEquals on a different map": () =>
      std.assertEquals(new Map([[1, "a"]]), new Map([[1, "b"]])),
    "assertEquals on a different message": () => std.assertEquals(new Error("a"), new Error("b")),
    "assertEquals on a different class": () =>
      std.assertEquals(new Error("a"), new RangeError("a")),
    "assertEquals on null and an object": () => std.assertEquals<unknown>(null, {}),
    "assertNotEquals on equals": () => std.assertNotEquals([1], [1]),
    "assertStrictEquals on equals that are two": () => std.assertStrictEquals([1], [1]),
    "assertAlmostEquals past the default": () => std.assertAlmostEquals(1, 1 + 2e-7),
    "assertAlmostEquals on NaN": () => std.assertAlmostEquals(NaN, 1, 10),
    "assertGreater on equals": () => std.assertGreater(1, 1),
    "assertGreaterOrEqual on NaN": () => std.assertGreaterOrEqual(NaN, 0),
    "assertLess on equals": () => std.assertLess(1, 1),
    "assertLessOrEqual on more": () => std.assertLessOrEqual(2, 1),
    "assertExists on null": () => std.assertExists(null),
    "assertInstanceOf on a different class": () => std.assertInstanceOf(new Error(), RangeError),
    "assertMatch": () => std.assertMatch("abc", /d/),
    "assertStringIncludes": () => std.assertStringIncludes("abc", "ac"),
    "assertArrayIncludes": () => std.assertArrayIncludes([1], [1, 2]),
    "assertThrows when nothing is thrown": () => std.assertThrows(() => 1),
    "assertThrows on a different class": () => std.assertThrows(() => JSON.parse("{"), RangeError),
    "assertThrows on a different message": () =>
      std.assertThrows(() => JSON.parse("{"), SyntaxError, "no such text"),
    "assertRejects when all is well": () => std.assertRejects(() => Promise.resolve(1)),
    "assertRejects on a different class": () => std.assertRejects(refuse, SyntaxError),
    "assertRejects on a different message": () =>
      std.assertRejects(refuse, RangeError, "no such text"),
    "assertRejects on a function that throws at once": () =>
      std.assertRejects(() => {
        throw new RangeError("too far");
      }),
  };
}

Deno.test("a comparison that failed inside a set leaves no trace in later comparisons", () => {
  const [one, two] = [{ v: 1 }, { v: 2 }];
  const other = { v: 2 };
  assertThrows(() =>
    assertEquals(
      [one, new Set([{ k: one }, { k: two }]), one],
      [{ v: 1 }, new Set([{ k: other }, { k: { v: 1 } }]), other],
    )
  );
});
