import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  type DigitPicture,
  pictureFor,
  picturesOf,
  placeOf,
  sheetSize,
} from "../../lib/digits/digit_index.ts";

const pictures: readonly DigitPicture[] = [
  ...pick(5, "clear", 12),
  ...pick(7, "clear", 3),
  ...pick(5, "raw", 2),
];

Deno.test("a picture's number gives its column and row", () => {
  const layout = { columns: 5, side: 10, pictures };
  assertEquals(placeOf(layout, 0), { left: 0, top: 0 });
  assertEquals(placeOf(layout, 13), { left: 30, top: 20 });
  assertEquals(sheetSize(layout), { width: 50, height: 40 });
});

Deno.test("picturesOf returns only pictures of the given digit and kind", () => {
  assertEquals(picturesOf({ pictures }, "clear", 7), [12, 13, 14]);
  assertEquals(picturesOf({ pictures }, "raw", 5), [15, 16]);
  assertEquals(picturesOf({ pictures }, "raw", 7), []);
});

Deno.test("a digit has a different picture in each row, and the seed fixes the choice", () => {
  const show = (seed: number) =>
    Array.from(
      { length: 9 },
      (_, row) => pictureFor({ pictures }, { kind: "clear", digit: 5, row, seed }),
    );
  assertEquals(new Set(show(1)).size, 9);
  assertEquals(show(1), show(1));
  const others = Array.from({ length: 10 }, (_, seed) => `${show(seed)}`);
  assert(new Set(others).size > 4, "seeds choose");
  for (const picture of show(3)) assertEquals(pictures[picture!].digit, 5);
});

Deno.test("different digits start at different pictures", () => {
  const many = [...pick(1, "clear", 24), ...pick(2, "clear", 24)];
  const first = (digit: number, seed: number) =>
    pictureFor({ pictures: many }, { kind: "clear", digit, row: 0, seed })! % 24;
  const seeds = Array.from({ length: 8 }, (_, seed) => seed);
  assertNotEquals(seeds.map((seed) => first(1, seed)), seeds.map((seed) => first(2, seed)));
});

Deno.test("a digit without pictures is never shown", () => {
  const wish = { kind: "clear", digit: 3, row: 0, seed: 1 } as const;
  assertEquals(pictureFor({ pictures }, wish), undefined);
});

function pick(digit: number, kind: "clear" | "raw", count: number): DigitPicture[] {
  return Array.from({ length: count }, (_, latent) => ({ digit, kind, latent, probability: 1 }));
}
