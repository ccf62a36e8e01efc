import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { hasFormOf, raggedness } from "../../lib/digits/clarity.ts";
import { findDigitCopies } from "../../lib/digits/copies.ts";
import { DigitsError } from "../../lib/digits/digits_error.ts";
import { findSureDigits } from "../../lib/digits/sure_digits.ts";
import { sureFrom } from "../../lib/digits/threshold.ts";
import { chooseVaried, pairDistances } from "../../lib/digits/varied.ts";
import { selectImages } from "../../lib/dataset/select_images.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { buildClassifier } from "../../lib/models/classifier.ts";
import { buildGenerator } from "../../lib/models/generator.ts";
import { toyClassifierOptions, toyDigits } from "../support/toy_digits.ts";

Deno.test("the confidence threshold keeps the expected share of misread digits within the limit", () => {
  const confidence = fc.double({ min: 0.1, max: 1, noNaN: true });
  const errors = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
  fc.assert(fc.property(fc.array(confidence, { minLength: 1 }), errors, (all, allowed) => {
    const threshold = sureFrom(all.map((confidence) => ({ answer: 1, confidence })), allowed);
    const expected = (from: number) => {
      const kept = all.filter((value) => value >= from);
      return kept.reduce((sum, value) => sum + 1 - value, 0) / kept.length;
    };
    if (threshold < Infinity) assert(expected(threshold) <= allowed * (1 + 1e-6));
    const next = Math.max(...all.filter((value) => value < threshold), -Infinity);
    if (next > -Infinity) assert(expected(next) >= allowed * (1 - 1e-6));
  }));
});

Deno.test("equally confident answers are kept or dropped together", () => {
  const answers = [1, 0.6, 0.6].map((confidence) => ({ answer: 1, confidence }));
  // Together, the three answers are wrong with a mean probability of 0.8 / 3.
  assertEquals(sureFrom(answers, 0.2), 1);
  assertEquals(sureFrom(answers, 0.27), 0.6);
});

Deno.test("a digit is well formed if it is in one piece and its loops are open", () => {
  const cases: [digit: number, drawing: string[], has: boolean][] = [
    [1, ["..#..", "..#..", "..#..", "..#..", "..#.."], true],
    [8, [".###.", ".#.#.", ".###.", ".#.#.", ".###."], true],
    [6, [".###.", ".#.#.", ".###.", ".#.#.", ".###."], false],
    [6, [".#...", ".#...", ".###.", ".#.#.", ".###."], true],
    [6, [".#...", ".#...", ".###.", ".###.", ".###."], false],
    [1, ["..#..", "..#..", ".....", "..#..", "..#.."], false],
    // Pixels that touch at a corner are connected, and a loop that is closed only at a corner
    // counts as closed.
    [1, [".#...", "..#..", "...#.", "....#", "....#"], true],
    [0, ["..#..", ".#.#.", ".#.#.", ".#.#.", "..#.."], true],
  ];
  for (const [digit, drawing, has] of cases) {
    const rows = ["", ...drawing, ""].map((row) => row.padEnd(5, ".").padStart(6, ".") + ".");
    const ink = Uint8Array.from(rows.join(""), (sign) => sign === "#" ? 255 : 0);
    assertEquals(hasFormOf(digit, ink, 7), has, `${digit}: ${drawing}`);
  }
});

Deno.test("a loop of one or two pixels in a large picture is not open", () => {
  const draw = (hole: number) => {
    const ink = new Uint8Array(56 * 56);
    for (let y = 10; y < 40; y++) ink.fill(255, y * 56 + 10, y * 56 + 40);
    for (let y = 20; y < 20 + hole; y++) ink.fill(0, y * 56 + 20, y * 56 + 20 + hole);
    return ink;
  };
  assertEquals([1, 3, 4, 8].map((hole) => hasFormOf(6, draw(hole), 56)), [
    false,
    false,
    true,
    true,
  ]);
});

Deno.test("noise makes an image more ragged, but a thicker stroke does not", () => {
  const stroke = (width: number, noise: number) => {
    const pixels = new Uint8Array(28 * 28);
    for (let y = 4; y < 24; y++) pixels.fill(255, y * 28 + 10, y * 28 + 10 + width);
    for (let at = 0; at < noise; at++) pixels[(at * 37) % 784] ^= 255;
    return pixels;
  };
  const images = [stroke(3, 0), stroke(6, 0), stroke(3, 20), stroke(3, 60), new Uint8Array(784)];
  const [thin, thick, noisy, noisier, empty] = raggedness({
    ...{ pixels: new Uint8Array(images.flatMap((image) => [...image])), count: 5 },
    ...{ height: 28, width: 28, range: "0..255" },
  });
  assertAlmostEquals(thick / thin, 1, 0.15);
  assert(noisy > 1.05 * thin && noisier > 1.05 * noisy, `${[thin, noisy, noisier]}`);
  assertEquals(empty, Infinity);
});

Deno.test("chooseVaried begins with the clearest picture and keeps all pictures far apart", () => {
  const point = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(fc.property(
    fc.array(fc.tuple(point, point), { minLength: 1, maxLength: 40 }),
    fc.integer({ min: 1, max: 12 }),
    fc.double({ min: 0, max: 5, noNaN: true }),
    (points, count, apart) => {
      const features = {
        values: Float64Array.from(points.flat()),
        count: points.length,
        dimension: 2,
      };
      const chosen = chooseVaried(features, { count, apart });
      assertEquals(chosen[0], 0);
      assertEquals(new Set(chosen).size, chosen.length);
      const own = chosen.flatMap((row) => points[row]);
      const distances = pairDistances({
        ...{ values: Float64Array.from(own), count: chosen.length, dimension: 2 },
      });
      assert(distances.every((distance) => distance >= apart));
    },
  ));
});

Deno.test("the next choice is always the picture farthest from those already chosen", () => {
  const values = Float32Array.of(0, 3, 4, 10, 6);
  const chosen = chooseVaried({ values, count: 5, dimension: 1 }, { count: 5, apart: 0 });
  // After 0 and 10, the points 4 and 6 are both at distance 4 from the nearest choice. 4 is first
  // in the list, so it is chosen first.
  assertEquals(chosen, [0, 3, 2, 4, 1]);
});

Deno.test("a training image with slight noise counts as a copy, but a different digit does not", async () => {
  await startEngine({ engine: "wasm" });
  const [train, test] = [toyDigits(200), toyDigits(200, 2)];
  const digit = train.labels[0];
  const copy = selectImages(train.images, [0]);
  copy.pixels[0] ^= 1;
  const fresh = toyDigits(200, 3);
  const other = selectImages(fresh.images, [fresh.labels.indexOf(digit)]);
  const pixels = new Uint8Array([...copy.pixels, ...other.pixels]);
  const { distances, limit } = findDigitCopies(
    { ...copy, pixels, count: 2 },
    digit,
    { train, test },
  );
  assertEquals(distances[0], 1);
  assert(limit > 1, `${limit}`);
  assertEquals([...distances].map((distance) => distance < limit), [true, false]);
});

Deno.test("a generator that makes no clear images is rejected", async () => {
  await startEngine({ engine: "wasm" });
  const options = { latentSize: 4, hidden: [4], activation: "leaky-relu", imageSize: 784 } as const;
  const generator = buildGenerator({ ...options, batchNormMomentum: 0.8 }, 1);
  const build = (seed: number) => ({
    model: buildClassifier(toyClassifierOptions(), { height: 28, width: 28 }, seed),
    temperature: 1,
  });
  const [classifier, second] = [build(1), build(2)];
  await assertRejects(
    () => findSureDigits({ generator, classifier, second }, { seed: 1, wanted: 9, errors: 1e-5 }),
    DigitsError,
    "wanted 9 images that the classifier is sure of, found 0 among 4000",
  );
  for (const model of [generator, classifier.model, second.model]) model.dispose();
});
