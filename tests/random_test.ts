import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { deriveSeed, philox, randomStream, type Words4 } from "../lib/random.ts";

const ONES = 0xffffffff;

/**
 * Known answers for philox4x32 with 10 rounds, from the file kat_vectors in the Random123 library.
 * Each row has the counter, the key and the result.
 */
const knownAnswers: readonly [Words4, [number, number], Words4][] = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [[ONES, ONES, ONES, ONES], [ONES, ONES], [
    0x408f276d,
    0x41c83b0e,
    0xa20bc7c6,
    0x6d5451fd,
  ]],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

Deno.test("philox gives the known answers that its authors published", () => {
  for (const [counter, [key0, key1], expected] of knownAnswers) {
    assertEquals(philox(counter, key0, key1), expected);
  }
});

Deno.test("a stream is reproducible, and differs from streams with other seeds or names", () => {
  const draw = (...args: Parameters<typeof randomStream>) => {
    const stream = randomStream(...args);
    return Array.from({ length: 9 }, () => stream.word());
  };
  assertEquals(draw(1, "batches", 3), draw(1, "batches", 3));
  const streams = [
    draw(1),
    draw(2),
    draw(1, "a"),
    draw(1, "b"),
    draw(1, "a", "b"),
    draw(1, "ab"),
    draw(1, 1),
    draw(1, "1"),
  ];
  assertEquals(new Set(streams.map(String)).size, streams.length);
  assertNotEquals(
    draw(5),
    draw(5 + 2 ** 32),
    "the upper half of a seed counts",
  );
});

Deno.test("uniform numbers lie in [0, 1) with the mean and variance of a uniform distribution", () => {
  const stream = randomStream(7, "uniform");
  const n = 100_000;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const u = stream.uniform();
    assert(u >= 0 && u < 1);
    sum += u;
    squares += u * u;
  }
  // Each tolerance is five standard errors.
  assertAlmostEquals(sum / n, 1 / 2, 5 * Math.sqrt(1 / 12 / n));
  assertAlmostEquals(squares / n, 1 / 3, 5 * Math.sqrt(4 / 45 / n));
});

Deno.test("integers below a bound are equally frequent", () => {
  const stream = randomStream(3, "integers");
  const counts = new Array(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]++;
  // Chi-square with 6 degrees of freedom exceeds 27.9 once in 10,000 seeds.
  assertLess(
    counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0),
    27.9,
  );
});

Deno.test("a permutation contains each number once", () => {
  fc.assert(fc.property(fc.nat({ max: 300 }), fc.nat(), (count, seed) => {
    const order = [...randomStream(seed).permutation(count)];
    assertEquals(
      order.toSorted((a, b) => a - b),
      Array.from({ length: count }, (_, i) => i),
    );
  }));
});

Deno.test("the permutations of three items are equally frequent", () => {
  const counts = new Map<string, number>();
  const stream = randomStream(11, "permutations");
  for (let i = 0; i < 12_000; i++) {
    const order = stream.permutation(3).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  // Chi-square with 5 degrees of freedom exceeds 25.7 once in 10,000 seeds.
  assertLess(
    [...counts.values()].reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0),
    25.7,
  );
});

Deno.test("seeds for random tensors are non-negative 31-bit integers that differ by name", () => {
  fc.assert(fc.property(fc.maxSafeNat(), fc.string(), (seed, name) => {
    const derived = deriveSeed(seed, name);
    assert(Number.isInteger(derived) && derived >= 0 && derived <= 0x7fffffff);
  }));
  const names = Array.from(
    { length: 1000 },
    (_, i) => deriveSeed(1, "step", i),
  );
  assertEquals(new Set(names).size, 1000);
});

Deno.test("invalid seeds and bounds are refused", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    assertThrows(() => randomStream(seed), RangeError, String(seed));
  }
  for (const below of [0, -1, 1.5, 2 ** 32 + 1]) {
    assertThrows(
      () => randomStream(1).integer(below),
      RangeError,
      String(below),
    );
  }
});
