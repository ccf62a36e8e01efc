import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  answersOf,
  expectedCalibrationError,
  fitTemperature,
  negativeLogLikelihood,
} from "../../../lib/evaluation/classifier/calibration.ts";
import { softmax } from "../../../lib/models/classify.ts";
import { randomStream } from "../../../lib/random.ts";

Deno.test("if 3 of 4 answers are right, the temperature turns odds of a to 1 into 3 to 1", () => {
  // Eight of the ten digits are impossible. If n answers are right and m answers are wrong, then
  // the likelihood is greatest when every answer is given the probability n / (n + m). Here this
  // probability is 3/4, so the odds are 3 to 1, and ln(a) / temperature = ln(3).
  for (const odds of [2, 3, 10, 1e4]) {
    const logits = rows(4, [Math.log(odds), 0]);
    const labels = Uint8Array.of(0, 0, 0, 1);
    assertAlmostEquals(
      fitTemperature(logits, labels),
      Math.log(odds) / Math.log(3),
      1e-6,
    );
  }
});

Deno.test("labels sampled from the probabilities give a temperature near 1, and doubled logits near 2", () => {
  const stream = randomStream(1, "labels");
  const count = 20_000;
  const logits = Float32Array.from(
    { length: 10 * count },
    () => 6 * stream.uniform(),
  );
  const probabilities = softmax(logits);
  const labels = Uint8Array.from({ length: count }, (_, row) => {
    let left = stream.uniform();
    for (let digit = 0; digit < 9; digit++) {
      left -= probabilities[10 * row + digit];
      if (left < 0) return digit;
    }
    return 9;
  });
  assertAlmostEquals(fitTemperature(logits, labels), 1, 0.03);
  const doubled = logits.map((value) => 2 * value);
  assertAlmostEquals(
    fitTemperature(doubled, labels),
    2 * fitTemperature(logits, labels),
    1e-6,
  );
  assert(expectedCalibrationError(probabilities, labels) < 0.015);
  assert(expectedCalibrationError(softmax(doubled), labels) > 0.1);
});

Deno.test("the likelihood is highest at the fitted temperature", () => {
  const logitsOf = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
    minLength: 10,
    maxLength: 10,
  });
  fc.assert(
    fc.property(
      fc.array(logitsOf, { minLength: 3, maxLength: 12 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      (table, digits) => {
        const logits = Float32Array.from(table.flat());
        const labels = Uint8Array.from(table, () => digits.next().value);
        const fitted = fitTemperature(logits, labels);
        const loss = (temperature: number) =>
          negativeLogLikelihood(softmax(logits, temperature), labels);
        for (const factor of [0.9, 0.99, 1.01, 1.1]) {
          const other = Math.min(20, Math.max(0.05, fitted * factor));
          assert(loss(fitted) <= loss(other) + 1e-9);
        }
      },
    ),
  );
});

Deno.test("if all answers are right, the temperature is the lower limit of the search", () => {
  const logits = rows(3, [2, 0]);
  assertAlmostEquals(fitTemperature(logits, new Uint8Array(3)), 0.05, 1e-9);
});

Deno.test("at confidence .8 the calibration error is .2 if all answers are right, 0 if 4 of 5 are", () => {
  const probabilities = rowsOf(5, [0.8, 0.2]);
  const right = new Uint8Array(5);
  assertAlmostEquals(
    expectedCalibrationError(probabilities, right),
    0.2,
    1e-12,
  );
  const fourOfFive = Uint8Array.of(0, 0, 1, 0, 0);
  assertAlmostEquals(
    expectedCalibrationError(probabilities, fourOfFive),
    0,
    1e-12,
  );
});

Deno.test("the calibration error weights each bin by its number of answers", () => {
  const probabilities = Float64Array.from([
    ...rowsOf(1, [0.9, 0.1]),
    ...rowsOf(3, [0.25, 0.2]),
  ]);
  // Each answer is the digit 0, but each label is the digit 1, so all answers are wrong.
  const labels = new Uint8Array(4).fill(1);
  assertAlmostEquals(
    expectedCalibrationError(probabilities, labels),
    (0.9 + 3 * 0.25) / 4,
    1e-12,
  );
  // Errors in opposite directions cancel within one bin, but add up across two.
  const mixed = Float64Array.from([
    ...rowsOf(1, [0.6, 0.4]),
    ...rowsOf(1, [0.9, 0.1]),
  ]);
  const one = Uint8Array.of(0, 1);
  assertAlmostEquals(expectedCalibrationError(mixed, one, 1), 0.25, 1e-12);
  assertAlmostEquals(expectedCalibrationError(mixed, one, 15), 0.65, 1e-12);
});

Deno.test("answers with a confidence of 1 belong to the last bin of the calibration error", () => {
  const sure = rowsOf(2, [1, 0]);
  assertEquals(expectedCalibrationError(sure, Uint8Array.of(0, 1)), 0.5);
});

Deno.test("the negative log-likelihood of uniform guesses is ln 10", () => {
  const even = new Float64Array(30).fill(0.1);
  assertAlmostEquals(
    negativeLogLikelihood(even, Uint8Array.of(1, 5, 9)),
    Math.log(10),
    1e-12,
  );
});

Deno.test("the answer is the most probable digit, and the lowest one in a tie", () => {
  const probabilities = new Float64Array(20);
  probabilities.set([0.1, 0.2, 0.7], 3);
  probabilities.set([0.5, 0.5], 14);
  assertEquals(answersOf(probabilities), [
    { answer: 5, confidence: 0.7 },
    { answer: 4, confidence: 0.5 },
  ]);
});

Deno.test("calibration refuses an empty set, and labels that don't match the rows", () => {
  const message = "wanted 10 numbers for each of at least one label";
  for (
    const judge of [
      () => fitTemperature(new Float32Array(20), new Uint8Array(3)),
      () => fitTemperature(new Float32Array(0), new Uint8Array(0)),
      () => expectedCalibrationError(new Float64Array(9), new Uint8Array(1)),
      () => negativeLogLikelihood(new Float64Array(0), new Uint8Array(0)),
    ]
  ) {
    assertThrows(judge, RangeError, message);
  }
});

/**
 * Returns equal rows of logits. The numbers in `named` are the logits of the digits 0, 1 and so on,
 * and the remaining digits are impossible.
 */
function rows(count: number, named: readonly number[]): Float32Array {
  const row = Array.from({ length: 10 }, (_, i) => named[i] ?? -1e6);
  return Float32Array.from(Array(count).fill(row).flat());
}

/**
 * Returns `count` copies of a row of probabilities." (The same applies to "Returns equal rows of
 * logits The numbers in `named` are the probabilities of the digits 0, 1 and so on, and the
 * remaining digits have probability 0.
 */
function rowsOf(count: number, named: readonly number[]): Float64Array {
  const row = Array.from({ length: 10 }, (_, i) => named[i] ?? 0);
  return Float64Array.from(Array(count).fill(row).flat());
}
