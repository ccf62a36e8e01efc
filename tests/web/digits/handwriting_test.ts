import { assert, assertEquals, assertLess } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { decide, SURE_ENOUGH } from "../../../lib/digits/decide.ts";
import { FORM, toMnistForm } from "../../../lib/digits/mnist_form.ts";
import type { Stroke } from "../../../lib/digits/stroke_form.ts";
import { startEngine } from "../../../lib/engine/backend.ts";
import { classify } from "../../../lib/models/classify.ts";
import { loadClassifier } from "../../../lib/models/classifier_weights.ts";
import { randomStream } from "../../../lib/random.ts";
import { readStrokes } from "../../../lib/web/digits/read_digits.ts";
import { redraw } from "../../support/handwriting.ts";
import { isNightly } from "../../support/nightly.ts";
import { openPageNetworks } from "../../support/page_networks.ts";

/** The number of test digits that are drawn. The nightly run uses all of them. */
const COUNT = isNightly ? 10_000 : 1000;

Deno.test(`of ${COUNT} test digits at random sizes and positions, at most one in a hundred is misread`, async () => {
  await startEngine({ engine: "wasm" });
  const { images, labels } = (await loadMnist()).test;
  const stream = randomStream(1, "handwriting");
  const pixels = new Uint8Array(COUNT * FORM * FORM);
  for (let i = 0; i < COUNT; i++) {
    pixels.set(toMnistForm(redraw(images, i, stream))!, i * FORM * FORM);
  }
  const classifier = await loadClassifier();
  const rows = await classify(classifier, { ...images, pixels, count: COUNT });
  classifier.model.dispose();
  let [misread, sure, misreadSurely, notOffered] = [0, 0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    const row = rows.subarray(i * 10, (i + 1) * 10);
    if (row.indexOf(Math.max(...row)) !== labels[i]) misread++;
    // Digits with the label 0 are skipped, because no board contains a 0.
    if (labels[i] === 0) continue;
    const decision = decide(row);
    if (decision.kind === "sure") {
      sure++;
      if (decision.digit !== labels[i]) misreadSurely++;
    } else if (!decision.digits.includes(labels[i])) notOffered++;
  }
  const share = (count: number) => `${(100 * count / COUNT).toFixed(2)} %`;
  console.log(
    `misread ${share(misread)}; sure from ${SURE_ENOUGH}: ${share(sure)}, wrongly ` +
      `${share(misreadSurely)}; ` +
      `neither entered nor offered ${share(notOffered)}`,
  );
  assertLess(misread, 0.01 * COUNT + 1);
  assertLess(misreadSurely, 0.002 * COUNT + 1);
  assertLess(notOffered, 0.003 * COUNT + 1);
  assert(sure > 0.9 * COUNT * 0.9, `${sure}`);
});

/**
 * The pen strokes of each digit, in a square with sides of length 100. A stroke lists the
 * coordinates x and y of its corners in turn.
 */
const written: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1: [[50, 0, 50, 100]],
  2: [[20, 25, 30, 8, 50, 0, 72, 8, 78, 28, 60, 58, 18, 100, 84, 98]],
  3: [[22, 10, 50, 0, 74, 12, 72, 34, 48, 46, 76, 58, 78, 84, 52, 100, 20, 90]],
  4: [[30, 0, 22, 52, 82, 50], [70, 8, 62, 100]],
  5: [[78, 0, 30, 2, 26, 44, 58, 42, 78, 60, 70, 90, 40, 100, 18, 90]],
  6: [[66, 0, 40, 24, 26, 62, 34, 94, 58, 98, 72, 78, 60, 58, 40, 60, 28, 76]],
  7: [[18, 4, 82, 0, 58, 46, 44, 100]],
  8: [[70, 12, 50, 0, 28, 14, 34, 36, 62, 54, 74, 80, 52, 100, 28, 86, 34, 60, 64, 36, 72, 14]],
  9: [[74, 20, 54, 0, 28, 16, 30, 44, 56, 50, 74, 22, 70, 60, 60, 100]],
};

Deno.test("digits written with a pen are read at any size", async () => {
  using networks = await openPageNetworks();
  for (const [digit, strokes] of Object.entries(written)) {
    for (const scale of [0.5, 4]) {
      const decision = await readStrokes(
        networks.reader,
        strokes.map((stroke) => pen(stroke, scale)),
      );
      assertEquals(decision?.kind, "sure", `${digit}: ${JSON.stringify(decision)}`);
      assertEquals(decision?.kind === "sure" && decision.digit, Number(digit));
    }
  }
  assertEquals(await readStrokes(networks.reader, []), undefined);
});

/**
 * Returns the points of a stroke, as pointer events would report them: five points on each line
 * from one corner to the next.
 */
function pen(corners: readonly number[], scale: number): Stroke {
  const points = [];
  for (let i = 0; i + 3 < corners.length; i += 2) {
    for (let step = 0; step < 5; step++) {
      const share = step / 5;
      points.push({
        x: scale * (corners[i] + share * (corners[i + 2] - corners[i])),
        y: scale * (corners[i + 1] + share * (corners[i + 3] - corners[i + 1])),
      });
    }
  }
  return [...points, { x: scale * corners.at(-2)!, y: scale * corners.at(-1)! }];
}
