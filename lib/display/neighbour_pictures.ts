/** Pictures of what is nearest to generated images: pairs side by side, and how near they are. */
import type { ByteImages } from "../images.ts";
import type { ChartSpec } from "./charts.ts";
import { drawSheet } from "./sheets.ts";

const COLUMNS = 16;
const PAIRS = 64;
const BINS = 40;

/**
 * Draws the nearest pairs: a generated image, right of it the training image that is nearest to it.
 *
 * @param nearest index of the training image for each generated one
 * @param distances of the pairs
 * @returns the bytes of a PNG file
 */
export async function drawPairs(
  generated: ByteImages,
  training: ByteImages,
  nearest: Uint32Array,
  distances: Float64Array,
): Promise<Uint8Array> {
  const { height, width } = generated;
  const size = height * width;
  const order = [...distances.keys()].sort((a, b) =>
    distances[a] - distances[b]
  ).slice(0, PAIRS);
  const pixels = new Uint8Array(2 * order.length * size);
  order.forEach((row, i) => {
    const [own, other] = [row * size, nearest[row] * size];
    pixels.set(generated.pixels.subarray(own, own + size), 2 * i * size);
    pixels.set(
      training.pixels.subarray(other, other + size),
      (2 * i + 1) * size,
    );
  });
  const count = 2 * order.length;
  return await drawSheet({ pixels, count, height, width, range: "0..255" }, {
    columns: COLUMNS,
  });
}

/** How far generated images and unseen real ones are from the nearest training image. */
export function neighbourChart(
  generated: Float64Array,
  unseen: Float64Array,
): ChartSpec {
  const values = [
    ...[...generated].map((distance) => ({ distance, set: "generated" })),
    ...[...unseen].map((distance) => ({ distance, set: "unseen real" })),
  ];
  return {
    title: {
      text: "Distance to the nearest training image, in pixels",
      subtitle: "a generator that copies would lie left of the unseen images",
    },
    width: 480,
    height: 200,
    data: { values },
    mark: { type: "area", interpolate: "step", opacity: 0.5 },
    encoding: {
      x: {
        field: "distance",
        bin: { maxbins: BINS },
        title: "Euclidean distance (0 to 255 a pixel)",
      },
      y: { aggregate: "count", stack: null, title: "images" },
      color: { field: "set", title: null },
    },
  };
}
