import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  diversityWithinClasses,
  mostProbable,
  scoreClasses,
} from "../../../lib/evaluation/metrics/class_scores.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";

Deno.test("the score of confident and balanced answers is the number of classes, and that of unsure ones is 1", () => {
  const identity = Float64Array.from(
    { length: 9 },
    (_, i) => Number(i % 4 === 0),
  );
  const even = scoreClasses(identity, 3);
  assertAlmostEquals(even.classifierScore, 3);
  assertEquals([even.sureShare, even.histogram.length], [1, 3]);
  assertAlmostEquals(even.distanceFromUniform, 0);
  const unsure = scoreClasses(new Float64Array(6).fill(1 / 3), 3);
  assertAlmostEquals(unsure.classifierScore, 1);
  assertEquals(unsure.sureShare, 0);
  const one = scoreClasses(Float64Array.of(0, 1, 0, 1), 2);
  assertAlmostEquals(one.classifierScore, 1);
  assertAlmostEquals(one.distanceFromUniform, 0.5);
});

Deno.test("the classifier score of two unsure rows follows the formula", () => {
  // The score is exp(mean of .9 ln(.9/.5) + .1 ln(.1/.5)), where the marginal is uniform.
  const expected = Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2));
  const { classifierScore } = scoreClasses(
    Float64Array.of(0.9, 0.1, 0.1, 0.9),
    2,
  );
  assertAlmostEquals(classifierScore, expected, 1e-12);
});

Deno.test("the classifier score lies between 1 and the number of classes in any order of images", () => {
  const row = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
    minLength: 4,
    maxLength: 4,
  }).map((values) => {
    const sum = values.reduce((a, b) => a + b);
    return values.map((value) => value / sum);
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
      const [score, reversed] = [rows, rows.toReversed()].map((list) =>
        scoreClasses(Float64Array.from(list.flat()), 4).classifierScore
      );
      assertAlmostEquals(score, reversed, 1e-9);
      return score >= 1 - 1e-9 && score <= 4 + 1e-9;
    }),
  );
});

Deno.test("class scores refuse rows that are not probabilities", () => {
  for (const row of [[0.5, 0.6], [1.5, -0.5], [NaN, 1]]) {
    assertThrows(
      () => scoreClasses(Float64Array.from(row), 2),
      EvaluationError,
    );
  }
  assertThrows(() => scoreClasses(new Float64Array(0), 2), EvaluationError);
});

Deno.test("a row's answer is the most probable class", () => {
  const probabilities = Float64Array.of(.2, .8, .7, .3, .1, .9);
  assertEquals([...mostProbable(probabilities, 2)], [1, 0, 1]);
});

Deno.test("diversity is the mean distance within a class, averaged over classes", () => {
  // Class 0 has the points 0 and 6, and class 1 has 10, 12 and 14. The mean distances are 6 and
  // (2 + 2 + 4) / 3.
  const features = {
    values: Float32Array.of(0, 10, 6, 12, 14),
    count: 5,
    dimension: 1,
  };
  assertAlmostEquals(
    diversityWithinClasses(features, Uint8Array.of(0, 1, 0, 1, 1))!,
    (6 + 8 / 3) / 2,
  );
  assertEquals(
    diversityWithinClasses({
      ...features,
      count: 1,
      values: Float32Array.of(1),
    }, Uint8Array.of(0)),
    undefined,
  );
});

Deno.test("at most 10,000 pairs of a class are compared, images that follow each other first", () => {
  // Images that follow each other are 1 apart, except the last two, which are the 10,001st pair.
  // Images with one image between them are equal.
  const count = 10_002;
  const values = Float32Array.from({ length: count }, (_, i) => i % 2).with(-1, 1e6);
  const diversity = diversityWithinClasses(
    { values, count, dimension: 1 },
    new Uint8Array(count),
  );
  assertEquals(diversity, 1);
});
