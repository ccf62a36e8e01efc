/**
 * Draws generated images next to their nearest training images, and charts the distances between
 * them. This shows whether a generator copies its training images.
 */
import type { ByteImages } from "../images.ts";
import type { ChartSpec } from "./charts.ts";
import { drawSheet } from "./sheets.ts";

const PAIRS = 8;
const BINS = 40;

interface NearestPairs {
  readonly generated: ByteImages;
  readonly training: ByteImages;
  /** The label of each training image, from 0 to the number of classes − 1. */
  readonly labels: Uint8Array;
  /** For each generated image, the index of the training image that is nearest to it. */
  readonly indices: Uint32Array;
  readonly distances: Float64Array;
}

/**
 * Draws the pairs with the smallest distances. There is one row for each class of the training
 * images. In each pair, the generated image is on the left and the training image is on the right.
 *
 * @returns the bytes of a PNG file
 */
export async function drawPairs(pairs: NearestPairs): Promise<Uint8Array> {
  const { generated, training, labels, indices } = pairs;
  const { height, width } = generated;
  const size = height * width;
  const classes = Math.max(...new Set(labels)) + 1;
  const count = 2 * PAIRS * classes;
  const pixels = new Uint8Array(count * size);
  const copy = (from: ByteImages, row: number, to: number) =>
    pixels.set(from.pixels.subarray(row * size, (row + 1) * size), to * size);
  for (let label = 0; label < classes; label++) {
    nearestOf(label, pairs).forEach((row, i) => {
      const at = 2 * (label * PAIRS + i);
      copy(generated, row, at);
      copy(training, indices[row], at + 1);
    });
  }
  return await drawSheet({ pixels, count, height, width, range: "0..255" }, {
    columns: 2 * PAIRS,
  });
}

function nearestOf(
  label: number,
  { labels, indices, distances }: NearestPairs,
): number[] {
  return [...distances.keys()]
    .filter((row) => labels[indices[row]] === label)
    .sort((a, b) => distances[a] - distances[b])
    .slice(0, PAIRS);
}

/**
 * Charts how far images are from their nearest training image. It compares generated images with
 * real images that the generator has not seen.
 *
 * @param generated distances of the generated images
 * @param unseen distances of the unseen real images
 */
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
        title: "Euclidean distance (0 to 255 per pixel)",
      },
      y: { aggregate: "count", stack: null, title: "images" },
      color: { field: "set", title: null },
    },
  };
}
