import { assertEquals, assertThrows } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import {
  type Features,
  pixelFeatures,
  requireComparable,
  requireFeatures,
  selectFeatures,
} from "../../../lib/evaluation/metrics/features.ts";

const good: Features = {
  ...{ values: Float64Array.of(1, 2, 3, 4, 5, 6), count: 3, dimension: 2 },
};

const refusals: readonly [changes: Partial<Features>, message: string][] = [
  [{ dimension: 0 }, "wanted features of at least one dimension; found 0."],
  [{ dimension: 1.5 }, "wanted features of at least one dimension; found 1.5."],
  [{ dimension: -1 }, "wanted features of at least one dimension; found -1."],
  [{ count: 2.5 }, "wanted at least 2 images; found 2.5."],
  [{ count: 1 }, "wanted at least 2 images; found 1."],
  [{ count: 4 }, "wanted 4 x 2 = 8 numbers; found 6."],
  [
    { values: Float64Array.of(1, 2, 3, 4, 5, NaN) },
    "wanted finite numbers; found NaN in vector 2 at 1.",
  ],
  [
    { values: Float64Array.of(1, 2, -Infinity, 4, 5, 6) },
    "wanted finite numbers; found -Infinity in vector 1 at 0.",
  ],
];

for (const [changes, message] of refusals) {
  Deno.test(`invalid features are refused: ${message}`, () => {
    const bad = { ...good, ...changes };
    const attempts = [() => requireFeatures("Trial", bad, 2)];
    if (!("dimension" in changes)) {
      attempts.push(() => requireComparable("Trial", bad, good, 2));
      attempts.push(() => requireComparable("Trial", good, bad, 2));
    }
    for (const attempt of attempts) {
      assertThrows(attempt, EvaluationError, `Trial: ${message}`);
    }
  });
}

Deno.test("one number of one image in one dimension is accepted", () => {
  const one = { values: Uint8Array.of(7), count: 1, dimension: 1 };
  requireFeatures("Trial", one);
  requireComparable("Trial", one, one);
});

Deno.test("features of different dimensions are not compared", () => {
  assertThrows(
    () => requireComparable("Trial", good, { ...good, dimension: 3, count: 2 }),
    EvaluationError,
    "Trial: wanted features of one extractor; found 2 dimensions against 3.",
  );
});

Deno.test("selectFeatures copies vectors in the order of the indices", () => {
  const some = selectFeatures(good, [2, 0, 2]);
  assertEquals([...some.values], [5, 6, 1, 2, 5, 6]);
  assertEquals([some.count, some.dimension], [3, 2]);
  some.values[0] = 9;
  assertEquals(good.values[4], 5);
});

Deno.test("the pixels of an image are its features", () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  const images = { pixels, count: 2, height: 2, width: 3, range: "0..255" } as const;
  assertEquals(pixelFeatures(images), { values: pixels, count: 2, dimension: 6 });
});

Deno.test("the message of a printed error begins with its class name", () => {
  assertEquals(String(new EvaluationError("m")), "EvaluationError: m");
});
