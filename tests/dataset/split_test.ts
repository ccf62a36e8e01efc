import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { holdBack, take } from "../../lib/dataset/split.ts";
import { toyDigits } from "../support/toy_digits.ts";

const data = toyDigits(100);

Deno.test("every image is in exactly one part with its label, and the parts never change", () => {
  const { training, validation } = holdBack(data, 30);
  assertEquals([training.images.count, validation.images.count], [70, 30]);
  const named = (part: typeof data) =>
    Array.from(
      part.labels,
      (label, i) => `${label}: ${part.images.pixels.slice(144 * i, 144 * (i + 1))}`,
    );
  assertEquals(
    [...named(training), ...named(validation)].sort(),
    named(data).sort(),
  );
  assertEquals(holdBack(data, 30), { training, validation });
});

Deno.test("the images that are held out for validation are chosen at random", () => {
  const { validation } = holdBack(data, 50);
  assertNotEquals(validation.labels, data.labels.slice(0, 50));
  assertNotEquals(validation.labels, data.labels.slice(50));
});

Deno.test("every version of the program holds out the same images, and both parts keep their order", () => {
  // Each image consists of a single pixel, whose value is the number of the image. The scores of
  // different runs are comparable only as long as the parts stay the same.
  const numbered = {
    images: {
      pixels: Uint8Array.from({ length: 12 }, (_, i) => i),
      ...{ count: 12, height: 1, width: 1, range: "0..255" as const },
    },
    labels: new Uint8Array(12),
  };
  const { training, validation } = holdBack(numbered, 4);
  assertEquals([...validation.images.pixels], HELD_BACK);
  assertEquals(
    [...training.images.pixels],
    [...numbered.images.pixels].filter((i) => !HELD_BACK.includes(i)),
  );
});

const HELD_BACK = [1, 5, 6, 8];

Deno.test("holding back no images leaves all of them", () => {
  const { training, validation } = holdBack(data, 0);
  assertEquals([training.images.count, validation.images.count], [100, 0]);
});

Deno.test("holding back all images, or a number that is not whole, is refused", () => {
  for (const count of [100, -1, 2.5]) {
    assertThrows(
      () => holdBack(data, count),
      RangeError,
      `wanted 0 to 99 of 100, found ${count}`,
    );
  }
});

Deno.test("take returns images and labels in the order of the indices", () => {
  const { images, labels } = take(data, Uint32Array.of(7, 3));
  assertEquals([...labels], [data.labels[7], data.labels[3]]);
  assertEquals(
    images.pixels.slice(144),
    data.images.pixels.slice(3 * 144, 4 * 144),
  );
});
