import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import {
  createResizer,
  resizeMatrix,
  type ResizeMethod,
} from "../../../lib/evaluation/extractors/resize.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

await useNative();

Deno.test(
  "bilinear resizing from 28 to 299 gives the values of PyTorch's interpolate",
  withoutLeaks(() => {
    // A few values of the resized ramp 0..27, computed by PyTorch in float32, to six digits.
    const expected = [[0, 0], [5, .01505], [6, .108696], [10, .483278]].concat(
      [[149, 13.5], [150, 13.593645], [298, 27]],
    );
    const image = Array.from({ length: 784 }, (_, i) => i % 28);
    const rows = resize(image, [28, 28, 1], [299, 299], "bilinear");
    const columns = resize(
      image.map((_, i) => Math.floor(i / 28)),
      [28, 28, 1],
      [299, 299],
      "bilinear",
    );
    for (const [at, value] of expected) {
      assertAlmostEquals(rows[7 * 299 + at], value, 2e-6);
      assertAlmostEquals(columns[at * 299 + 7], value, 2e-6);
    }
  }),
);

Deno.test("bilinear resizing agrees with TensorFlow's for both directions and several channels", async () => {
  const size = fc.integer({ min: 1, max: 9 });
  const body = withoutLeaks(() => {
    fc.assert(
      fc.property(
        fc.record({ from: fc.tuple(size, size), to: fc.tuple(size, size) }),
        fc.constantFrom<ResizeMethod>("nearest", "bilinear"),
        fc.integer({ min: 1, max: 3 }),
        ({ from, to }, method, channels) => {
          const count = from[0] * from[1] * channels;
          const image = Array.from(
            { length: count },
            (_, i) => 50 * Math.sin(i),
          );
          const shape: Shape = [...from, channels];
          const found = resize(image, shape, to, method);
          const wanted = tf.tidy(() => {
            const images = tf.tensor4d(image, [1, ...shape]);
            return method === "nearest"
              ? tf.image.resizeNearestNeighbor(images, to, false, true)
                .dataSync()
              : tf.image.resizeBilinear(images, to, false, true).dataSync();
          });
          wanted.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-4));
        },
      ),
    );
  });
  await body();
});

Deno.test("nearest-neighbour resizing copies pixels bit for bit", () => {
  const line = resizeMatrix(28, 299, "nearest");
  assertEquals(new Set(line), new Set([0, 1]));
  assertEquals(line.reduce((sum, value) => sum + value), 299);
});

Deno.test("a size that is not a positive whole number is refused", () => {
  for (const [from, to] of [[0, 3], [3, 0], [2.5, 3], [NaN, 3]]) {
    assertThrows(
      () => resizeMatrix(from, to, "bilinear"),
      RangeError,
      `${from} to ${to}`,
    );
  }
});

type Shape = [height: number, width: number, channels: number];

function resize(
  image: number[],
  [height, width, channels]: Shape,
  to: [number, number],
  method: ResizeMethod,
): Float32Array {
  const resizer = createResizer({ from: [height, width], to, method });
  const resized = tf.tidy(() => resizer.resize(tf.tensor4d(image, [1, height, width, channels])));
  assertEquals(resized.shape, [1, ...to, channels]);
  const values = resized.dataSync<"float32">();
  resized.dispose();
  resizer.dispose();
  return values;
}
