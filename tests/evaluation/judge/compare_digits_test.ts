import { assertAlmostEquals, assertEquals } from "@std/assert";
import { scoreDigits } from "../../../lib/evaluation/judge/compare_digits.ts";
import { withFloors } from "../../../lib/evaluation/judge/score.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { fromRows } from "../../support/features.ts";

Deno.test("each score of generated digits follows its definition", () => {
  // The first two images are certainly fours, and the third is equally likely to be a five or a
  // six. The third image is too bright, and the first has an isolated pixel.
  const probabilities = new Float64Array(30);
  [[0, 4, 1], [1, 4, 1], [2, 5, .5], [2, 6, .5]].forEach(([row, digit, p]) =>
    probabilities[10 * row + digit] = p
  );
  const images = pictures([255, 0, 0, 0], [90, 90, 0, 0], [250, 250, 90, 90]);
  const features = fromRows([[0], [3], [100]]);
  const { scores, histogram } = scoreDigits(
    { images, probabilities, features },
    pictures([100, 100, 100, 100]),
  );
  assertEquals(
    scores.map(({ name, better }) => [name, better]),
    [
      ["classifier score", "higher"],
      ["share of sure digits (p ≥ 0.99)", "higher"],
      ["classes, distance from uniform", "lower"],
      ["diversity within a class", "higher"],
      ["brighter than any real image", "lower"],
      ["isolated bright pixels an image", "lower"],
    ],
  );
  const values = scores.map(({ value }) => value);
  // The classifier score is exp of the mean divergence. The divergence from the mean of all images
  // is ln 1.5 for two images, and ln 3 for one image.
  const score = Math.exp((2 * Math.log(1.5) + Math.log(3)) / 3);
  const uniform = (2 / 3 - .1 + 1 / 3 - .1 + 8 * .1) / 2;
  [score, 2 / 3, uniform, 3, 1 / 3, 1 / 3].forEach((wanted, i) =>
    assertAlmostEquals(values[i], wanted, 1e-9, scores[i].name)
  );
  assertAlmostEquals(histogram[4], 2 / 3);
});

Deno.test("there is no diversity score if no digit has two images", () => {
  const { scores } = scoreDigits({
    images: pictures([9, 9, 9, 9]),
    probabilities: Float64Array.from({ length: 10 }, (_, i) => i === 3 ? 1 : 0),
    features: fromRows([[1]]),
  }, pictures([9, 9, 9, 9]));
  assertEquals(scores.some(({ name }) => name.includes("diversity")), false);
});

Deno.test("scores get the floors of the same name, even if a floor is 0", () => {
  const scores = [{ name: "a", value: 1 }, { name: "b", value: 2 }, {
    name: "c",
    value: 3,
  }];
  const floors = [{ name: "c", value: 30 }, { name: "a", value: 0 }];
  assertEquals(withFloors(scores, floors), [
    { name: "a", value: 1, floor: 0 },
    { name: "b", value: 2 },
    { name: "c", value: 3, floor: 30 },
  ]);
});

function pictures(...pixels: readonly number[][]): ByteImages {
  return {
    pixels: Uint8Array.from(pixels.flat()),
    count: pixels.length,
    ...{ height: 2, width: 2, range: "0..255" },
  };
}
