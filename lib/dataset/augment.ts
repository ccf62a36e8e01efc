/**
 * Mild augmentation: each image of a batch shifted, rotated and scaled a little, as a function of a random stream.
 *
 * One affine map an image about its middle, bilinear interpolation, black beyond the edge (Simard, Steinkraus, Platt,
 * "Best practices for convolutional neural networks", ICDAR 2003). Left out: elastic distortion, which is not mild.
 */
import type { ByteImages } from "../images.ts";
import type { RandomStream } from "../random.ts";

/** How far an image may be moved; each amount is drawn evenly from [-limit, limit]. */
export interface AugmentationLimits {
  /** Pixels, in each direction. */
  readonly shift: number;
  /** Degrees. */
  readonly rotation: number;
  /** Share of the size, for both directions together. */
  readonly scale: number;
}

/** What is done to one image. */
export interface AffineMap {
  /** Pixels to the right. */
  readonly right: number;
  /** Pixels down. */
  readonly down: number;
  /** Degrees, clockwise. */
  readonly rotation: number;
  /** Factor of the size; 1 leaves it. */
  readonly scale: number;
}

/** Draws a map. */
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
 * The chosen images as the classifier has them, each under its map.
 *
 * @param indices which images, each in 0 … `images.count` − 1
 * @param mapOf the map of the i-th chosen image; without it images stay as they are
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
  const size = images.height * images.width;
  const batch = new Float32Array(indices.length * size);
  indices.forEach((index, i) => {
    const image = images.pixels.subarray(index * size, (index + 1) * size);
    const target = batch.subarray(i * size, (i + 1) * size);
    if (mapOf) warp(image, images, mapOf(i), target);
    else image.forEach((byte, at) => target[at] = byte / 255);
  });
  return batch;
}

/** Fills each pixel of `target` from the place in `image` that the map brings there. */
function warp(
  image: Uint8Array,
  { height, width }: Pick<ByteImages, "height" | "width">,
  map: AffineMap,
  target: Float32Array,
): void {
  const angle = map.rotation * Math.PI / 180;
  // The inverse map: of a step to the right in the target, and (turned by 90°) of a step down.
  const cos = Math.cos(angle) / map.scale;
  const sin = Math.sin(angle) / map.scale;
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const at = (x: number, y: number) =>
    x >= 0 && x < width && y >= 0 && y < height ? image[y * width + x] : 0;
  for (let row = 0, to = 0; row < height; row++) {
    const dy = row - middleY - map.down;
    for (let column = 0; column < width; column++, to++) {
      const dx = column - middleX - map.right;
      const x = middleX + cos * dx + sin * dy;
      const y = middleY - sin * dx + cos * dy;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const [fx, fy] = [x - left, y - top];
      const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
      const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
      target[to] = (upper * (1 - fy) + lower * fy) / 255;
    }
  }
}
