import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { decide } from "../../lib/digits/decide.ts";
import { boundsOf, FORM, toMnistForm } from "../../lib/digits/mnist_form.ts";
import { type Stroke, strokesToForm } from "../../lib/digits/stroke_form.ts";

Deno.test("the longer side of the ink is scaled to 20 pixels, and the proportions are kept", () => {
  const cases: [width: number, height: number, columns: number, rows: number][] = [
    [100, 100, 20, 20],
    [100, 50, 20, 10],
    [30, 120, 5, 20],
    [4, 5, 16, 20],
    [3, 200, 1, 20],
  ];
  for (const [width, height, columns, rows] of cases) {
    const form = toMnistForm(rectangle({ left: 37, top: 11, width, height }))!;
    const box = boundsOf({ values: form, height: FORM, width: FORM })!;
    assertEquals([box.right - box.left, box.bottom - box.top], [columns, rows], `${width}`);
  }
});

Deno.test("the position of the ink on the canvas does not change its form", () => {
  const at = (left: number, top: number) =>
    toMnistForm(rectangle({ left, top, width: 40, height: 71 }));
  assertEquals(at(0, 0), at(216, 185));
});

Deno.test("the centre of mass is moved to the centre, not the middle of the bounding box", () => {
  // The ink is a T, which is heavier at the top.
  const values = new Uint8Array(200 * 200);
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < 100; x++) {
      if (y < 20 || (x > 35 && x < 65)) values[(y + 50) * 200 + x + 10] = 255;
    }
  }
  const form = toMnistForm({ values, height: 200, width: 200 })!;
  const [x, y] = massOf(form);
  assertAlmostEquals(x, FORM / 2, 0.51);
  assertAlmostEquals(y, FORM / 2, 0.51);
  const box = boundsOf({ values: form, height: FORM, width: FORM })!;
  assert(box.top > 4, `the heavy bar begins in row ${box.top}`);
});

Deno.test("no ink is cut off, even if a heavy end would push the light end out of the picture", () => {
  const values = new Uint8Array(200 * 200);
  for (let y = 0; y < 100; y++) {
    values.fill(255, y * 200 + (y < 20 ? 0 : 48), y * 200 + (y < 20 ? 100 : 52));
  }
  const form = toMnistForm({ values, height: 200, width: 200 })!;
  const box = boundsOf({ values: form, height: FORM, width: FORM })!;
  assertEquals([box.top, box.bottom], [8, 28]);
});

Deno.test("a canvas with no ink, or with only faint traces, has no form", () => {
  const faint = new Uint8Array(100).fill(20);
  assertEquals(toMnistForm({ values: faint, height: 10, width: 10 }), undefined);
  assertEquals(toMnistForm({ values: [], height: 0, width: 0 }), undefined);
  assertEquals(strokesToForm([]), undefined);
  assertEquals(strokesToForm([[], []]), undefined);
});

Deno.test("strokes of any size fit in 28x28 pixels, including the width of the pen", () => {
  const seven: Stroke = [{ x: 0, y: 0 }, { x: 60, y: 0 }, { x: 20, y: 100 }];
  const form = strokesToForm([seven])!;
  const box = boundsOf({ values: form, height: FORM, width: FORM })!;
  assertAlmostEquals(box.bottom - box.top, 20, 1.01);
  const [x, y] = massOf(form);
  assertAlmostEquals(x, FORM / 2, 0.2);
  assertAlmostEquals(y, FORM / 2, 0.2);
  const large = seven.map(({ x, y }) => ({ x: 7 * x + 900, y: 7 * y - 40 }));
  assertEquals(strokesToForm([large]), form);
  // The pen is two to three pixels wide on large and small digits.
  const row = [...form.subarray(12 * FORM, 13 * FORM)].reduce((sum, value) => sum + value, 0) / 255;
  assert(row > 2 && row < 3.2, `${row}`);
});

Deno.test("a dot stays a dot, and repeated points have no effect", () => {
  const dot = strokesToForm([[{ x: 4, y: 4 }]])!;
  assertAlmostEquals(dot.reduce((sum, value) => sum + value, 0) / 255, Math.PI * 1.25 ** 2, 0.6);
  const line: Stroke = [{ x: 0, y: 0 }, { x: 0, y: 9 }];
  assertEquals(strokesToForm([[line[0], line[0], line[1], line[1]]]), strokesToForm([line]));
});

Deno.test("a confident reading is entered, and an uncertain one offers the two most probable digits", () => {
  const of = (chances: Record<number, number>) =>
    Array.from({ length: 10 }, (_, digit) => chances[digit] ?? 0);
  const cases: [chances: Record<number, number>, most: number, wanted: unknown][] = [
    [{ 7: 0.99, 1: 0.01 }, 9, { kind: "sure", digit: 7, probability: 0.99 }],
    [{ 7: 0.6, 1: 0.4 }, 9, { kind: "unsure", digits: [7, 1] }],
    [{ 1: 0.3, 7: 0.7 }, 9, { kind: "unsure", digits: [7, 1] }],
    // No board has a 0, and a small board has no 7.
    [{ 0: 0.98, 6: 0.015, 8: 0.005 }, 9, { kind: "unsure", digits: [6, 8] }],
    [{ 7: 0.97, 2: 0.02, 1: 0.01 }, 4, { kind: "unsure", digits: [2, 1] }],
  ];
  for (const [chances, most, wanted] of cases) assertEquals(decide(of(chances), { most }), wanted);
});

function rectangle(
  { left, top, width, height }: Readonly<Record<"left" | "top" | "width" | "height", number>>,
) {
  const values = new Uint8Array(256 * 256);
  for (let y = top; y < top + height; y++) {
    values.fill(255, y * 256 + left, y * 256 + left + width);
  }
  return { values, height: 256, width: 256 };
}

function massOf(form: Uint8Array): [x: number, y: number] {
  let [sum, x, y] = [0, 0, 0];
  form.forEach((value, at) => {
    sum += value;
    x += value * (at % FORM + 0.5);
    y += value * (Math.floor(at / FORM) + 0.5);
  });
  return [x / sum, y / sum];
}
