import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { holdBack, take } from "../../lib/dataset/split.ts";
import { toyDigits } from "../support/toy_digits.ts";

const data = toyDigits(100);

Deno.test("each image is in one part, with its label; the parts are the same every time", () => {
  const { training, validation } = holdBack(data, 30);
  assertEquals([training.images.count, validation.images.count], [70, 30]);
  const named = (part: typeof data) =>
    Array.from(
      part.labels,
      (label, i) =>
        `${label}: ${part.images.pixels.slice(144 * i, 144 * (i + 1))}`,
    );
  assertEquals(
    [...named(training), ...named(validation)].sort(),
    named(data).sort(),
  );
  assertEquals(holdBack(data, 30), { training, validation });
});

Deno.test("what is held back is chosen at random, not the first or the last", () => {
  const { validation } = holdBack(data, 50);
  assertNotEquals(validation.labels, data.labels.slice(0, 50));
  assertNotEquals(validation.labels, data.labels.slice(50));
});

Deno.test("holding back everything, or no whole number, is refused", () => {
  for (const count of [100, -1, 2.5]) {
    assertThrows(
      () => holdBack(data, count),
      RangeError,
      `wanted 0 to 99 of 100, found ${count}`,
    );
  }
});

Deno.test("images are taken in the order that is asked for", () => {
  const { images, labels } = take(data, Uint32Array.of(7, 3));
  assertEquals([...labels], [data.labels[7], data.labels[3]]);
  assertEquals(
    images.pixels.slice(144),
    data.images.pixels.slice(3 * 144, 4 * 144),
  );
});
