import { assertAlmostEquals, assertEquals } from "@std/assert";
import { judgeAnswers } from "../../../lib/evaluation/classifier/judge_answers.ts";
import { softmax } from "../../../lib/models/classify.ts";

/**
 * Returns the ten logits for an image. The given digit has the given logit, and all other digits
 * have the logit 0.
 */
function leaning(digit: number, logit: number): number[] {
  return Array.from({ length: 10 }, (_, i) => i === digit ? logit : 0);
}

const logits = Float32Array.from([
  leaning(3, 2),
  leaning(7, 4),
  leaning(1, 3),
  leaning(7, 5),
].flat());
const labels = Uint8Array.of(3, 1, 1, 2);

Deno.test("answers are counted by label and answer, and mistakes are listed most confident first", () => {
  const { scores, confusion, misread } = judgeAnswers(logits, labels, 2);
  assertEquals([scores.images, scores.wrong, scores.error], [4, 2, 0.5]);
  const counted: number[][] = [];
  confusion.forEach((row, label) =>
    row.forEach((count, answer) => {
      if (count > 0) counted.push([label, answer, count]);
    })
  );
  assertEquals(counted, [[1, 1, 1], [1, 7, 1], [2, 7, 1], [3, 3, 1]]);
  assertEquals(
    misread.map(({ index, label, answer }) => [index, label, answer]),
    [
      [3, 2, 7],
      [1, 1, 7],
    ],
  );
  assertAlmostEquals(
    misread[0].confidence,
    Math.exp(2.5) / (Math.exp(2.5) + 9),
    1e-12,
  );
});

Deno.test("a temperature changes likelihood and calibration, but no answer", () => {
  const [cool, plain] = [
    judgeAnswers(logits, labels, 3),
    judgeAnswers(logits, labels, 1),
  ];
  assertEquals(cool.confusion, plain.confusion);
  assertEquals(cool.scores.uncalibrated, plain.scores.calibrated);
  const byHand = -[0, 1, 2, 3].reduce(
    (sum, row) => sum + Math.log(softmax(logits, 3)[10 * row + labels[row]]),
    0,
  ) / 4;
  assertAlmostEquals(
    cool.scores.calibrated.negativeLogLikelihood,
    byHand,
    1e-12,
  );
});
