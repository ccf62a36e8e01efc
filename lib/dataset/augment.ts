/**
 * Augments images with small random changes. Each image is shifted, and is rotated and scaled about
 * its centre. Interpolation is bilinear. Pixels beyond the edge are black (Simard, Steinkraus,
 * Platt, "Best practices for convolutional neural networks", ICDAR 2003).
 */
import type { ByteImages } from "../images.ts";
import type { RandomStream } from "../random.ts";

/** The limits of the random changes. Each change is drawn uniformly from [-limit, limit]. */
export interface AugmentationLimits {
  /** Largest shift in each direction, in pixels. */
  readonly shift: number;
  /** Largest rotation in either direction, in degrees. */
  readonly rotation: number;
  /**
   * Largest change in size, as a fraction of the size. Width and height change by the same factor.
   */
  readonly scale: number;
}

/** Describes how one image is transformed. */
export interface AffineMap {
  /** Shift to the right, in pixels. */
  readonly right: number;
  /** Shift downwards, in pixels. */
  readonly down: number;
  /** Clockwise rotation, in degrees. */
  readonly rotation: number;
  /** Factor by which the image is enlarged. A factor of 1 leaves the size unchanged. */
  readonly scale: number;
}

/** Draws a random map within the limits. */
export function drawMap(
  limits: AugmentationLimits,
  stream: RandomStream,
): AffineMap {
  const between = (limit: number) => (2 * stream.uniform() - 1) * limit;
  return {
    right: between(limits.shift),
    down: between(limits.shift),
    rotation: between(limits.rotation),
    scale: 1 + between(limits.scale),
  };
}

/**
 * Returns the images with the given indices as input for the classifier. Each image is transformed
 * by its map.
 *
 * @param mapOf function that returns the map of the i-th chosen image; without it, images are not
 * transformed
 * @returns `[indices.length, height * width] in [0, 1]`, row-major
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const pixels = Uint8Array.of(0, 255, 0, 0);
 * const images = { pixels, count: 1, height: 2, width: 2, range: "0..255" } as const;
 * const down = { right: 0, down: 1, rotation: 0, scale: 1 };
 * assertEquals([...gatherAugmented(images, Uint32Array.of(0), () => down)], [0, 0, 0, 1]);
 * ```
 */
export function gatherAugmented(
  images: ByteImages,
  indices: Uint32Array,
  mapOf?: (i: number) => AffineMap,
): Float32Array {
  const { height, width, pixels } = images;
  const size = height * width;
  const batch = new Float32Array(indices.length * size);
  // A black frame around the image makes bounds checks unnecessary.
  const framed = new Uint8Array((height + 2) * (width + 2));
  indices.forEach((index, i) => {
    const image = pixels.subarray(index * size, (index + 1) * size);
    const target = batch.subarray(i * size, (i + 1) * size);
    if (mapOf) {
      frame(image, images, framed);
      warp(framed, images, mapOf(i), target);
    } else for (let at = 0; at < size; at++) target[at] = image[at] / 255;
  });
  return batch;
}

type Size = Pick<ByteImages, "height" | "width">;

function frame(
  image: Uint8Array,
  { height, width }: Size,
  framed: Uint8Array,
): void {
  for (let y = 0; y < height; y++) {
    const row = image.subarray(y * width, (y + 1) * width);
    framed.set(row, (y + 1) * (width + 2) + 1);
  }
}

/**
 * Applies the map in reverse: for each pixel of `target`, finds the point in the image that the map
 * sends to that pixel, and copies the image's value at that point.
 */
function warp(
  framed: Uint8Array,
  { height, width }: Size,
  map: AffineMap,
  target: Float32Array,
): void {
  const angle = map.rotation * Math.PI / 180;
  // These are the steps of the inverse map. A step to the right in the target is (cos, −sin) in the
  // image, and a step down is (sin, cos).
  const cos = Math.cos(angle) / map.scale;
  const sin = Math.sin(angle) / map.scale;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const below = width + 2;
  for (let row = 0, to = 0; row < height; row++) {
    const dy = row - middleY - map.down;
    for (let column = 0; column < width; column++, to++) {
      const dx = column - middleX - map.right;
      const x = middleX + cos * dx + sin * dy;
      const y = middleY - sin * dx + cos * dy;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const fx = x - left;
      const fy = y - top;
      const from = (top + 1) * below + left + 1;
      const upper = framed[from] * (1 - fx) + framed[from + 1] * fx;
      const lower = framed[from + below] * (1 - fx) +
        framed[from + below + 1] * fx;
      target[to] = (upper * (1 - fy) + lower * fy) / 255;
    }
  }
}
