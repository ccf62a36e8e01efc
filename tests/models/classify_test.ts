import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { buildClassifier } from "../../lib/models/classifier.ts";
import { applyModel, classify, softmax } from "../../lib/models/classify.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../support/toy_digits.ts";

const logitsOfRows = fc.array(
  fc.array(fc.double({ min: -500, max: 500, noNaN: true }), {
    minLength: 10,
    maxLength: 10,
  }),
  { minLength: 1, maxLength: 4 },
);

Deno.test("softmax of equal logits is even, of ln 1, ln 2, ln 3, … in their proportion", () => {
  assertEquals([...softmax(new Float32Array(10))], new Array(10).fill(0.1));
  const logits = Array.from({ length: 10 }, (_, i) => Math.log(i + 1));
  softmax(logits).forEach((p, i) => assertAlmostEquals(p, (i + 1) / 55, 1e-15));
});

Deno.test("dividing by a temperature of 1/2 squares the odds", () => {
  const [p, q] = softmax([Math.log(3), 0], 0.5, 2);
  assertAlmostEquals(p / q, 9, 1e-12);
});

Deno.test("each row adds up to 1, shifting its logits changes nothing, and the order stays", () => {
  fc.assert(
    fc.property(
      logitsOfRows,
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (rows, temperature) => {
        const probabilities = softmax(rows.flat(), temperature);
        const shifted = softmax(rows.flat().map((x) => x + 7), temperature);
        rows.forEach((row, i) => {
          const of = (
            values: Float64Array,
          ) => [...values.subarray(10 * i, 10 * i + 10)];
          assertAlmostEquals(
            of(probabilities).reduce((sum, p) => sum + p, 0),
            1,
            1e-12,
          );
          of(shifted).forEach((p, j) => assertAlmostEquals(p, of(probabilities)[j], 1e-9));
          const best = of(probabilities).indexOf(
            Math.max(...of(probabilities)),
          );
          assertAlmostEquals(row[best], Math.max(...row), 1e-9);
        });
      },
    ),
  );
});

Deno.test(
  "many images are classified as one by one, in order, and progress is told",
  withoutLeaks(async () => {
    await useNative();
    const { images } = toyDigits(260);
    const model = buildClassifier(toyClassifierOptions(), images, 1);
    const done: number[] = [];
    const all = await classify(
      { model, temperature: 2 },
      images,
      (count) => done.push(count),
    );
    assertEquals([all.length, done.at(-1)], [2600, 260]);
    for (const i of [0, 249, 250, 259]) {
      const pixels = images.pixels.slice(144 * i, 144 * (i + 1));
      const one = await classify({ model, temperature: 2 }, {
        ...images,
        pixels,
        count: 1,
      });
      one.forEach((p, j) => assertAlmostEquals(p, all[10 * i + j], 1e-6));
    }
    model.dispose();
  }),
);

Deno.test(
  "images of another size than the network's are refused",
  withoutLeaks(async () => {
    await useNative();
    const model = buildClassifier(
      toyClassifierOptions(),
      { height: 28, width: 28 },
      1,
    );
    await assertRejects(
      () => applyModel(model, toyDigits(1).images),
      RangeError,
      "wanted 28x28 pixels for the network, found 12x12",
    );
    model.dispose();
  }),
);
