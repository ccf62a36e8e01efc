import type { ByteImages } from "../images.ts";
import type { RandomStream } from "../random.ts";
import { normalizedBytes } from "./normalize.ts";

/**
 * Shuffles the numbers 0 … `count` − 1, and divides them into batches. The last batch
 * may be smaller.
 *
 * @throws {RangeError} when `count` or `batchSize` is not a positive integer
 */
export function shuffledBatches(
  count: number,
  batchSize: number,
  stream: RandomStream,
): Uint32Array[] {
  for (const size of [count, batchSize]) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(`Making batches: wanted positive whole sizes, found ${size}.`);
    }
  }
  const order = stream.permutation(count);
  return Array.from(
    { length: Math.ceil(count / batchSize) },
    (_, i) => order.subarray(i * batchSize, (i + 1) * batchSize),
  );
}

/**
 * Returns the images with the given indices. Their pixels are normalized to the range [-1, 1].
 *
 * @param memory where to write the batch. The result is a view of this array, and the next call
 * with the same array overwrites it. If the parameter is missing, then a new array is created.
 * @throws {RangeError} if the batch does not fit into `memory`
 * @returns `[indices.length, height * width] in [-1, 1]`, row-major
 */
export function gatherNormalized(
  images: ByteImages,
  indices: Uint32Array,
  memory?: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const { pixels, height, width } = images;
  const size = height * width;
  const length = indices.length * size;
  if (memory && memory.length < length) {
    throw new RangeError(
      `Gathering a batch: wanted memory for ${length} numbers, found ${memory.length}.`,
    );
  }
  const batch = memory?.subarray(0, length) ?? new Float32Array(length);
  // Plain indices and a local variable for the pixels make this loop twice as fast as iterators.
  for (let row = 0; row < indices.length; row++) {
    const [from, to] = [indices[row] * size, row * size];
    for (let i = 0; i < size; i++) batch[to + i] = normalizedBytes[pixels[from + i]];
  }
  return batch;
}
