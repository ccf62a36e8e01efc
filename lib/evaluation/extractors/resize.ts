/**
 * Resizes images with two matrix products, one for the rows and one for the columns. The value of a
 * new pixel is interpolated at the pixel's centre, as in PyTorch's
 * `interpolate(align_corners=False)` and TensorFlow's `tf.image.resize`. Images are not smoothed
 * before they are shrunk.
 */
import * as tf from "@tensorflow/tfjs";

export type ResizeMethod = "nearest" | "bilinear";

/**
 * Returns the matrix that resizes a row or column of pixels from `from` to `to` pixels.
 *
 * @returns a row-major matrix `[to, from]` in which each row sums to 1
 * @throws {RangeError} when a size is not a positive integer
 *
 * @example Twice as many pixels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals([...resizeMatrix(2, 4, "nearest")], [1, 0, 1, 0, 0, 1, 0, 1]);
 * assertEquals([...resizeMatrix(2, 4, "bilinear")], [1, 0, 0.75, 0.25, 0.25, 0.75, 0, 1]);
 * ```
 */
export function resizeMatrix(
  from: number,
  to: number,
  method: ResizeMethod,
): Float32Array {
  requireSizes([from, to]);
  const matrix = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const middle = (i + 0.5) * from / to;
    if (method === "nearest") {
      matrix[i * from + Math.floor(middle)] = 1;
      continue;
    }
    // Beyond the centre of the first or last pixel, that pixel's value is used unchanged.
    const at = Math.min(Math.max(middle - 0.5, 0), from - 1);
    const left = Math.floor(at);
    const right = Math.min(left + 1, from - 1);
    matrix[i * from + left] += 1 - (at - left);
    matrix[i * from + right] += at - left;
  }
  return matrix;
}

function requireSizes(sizes: readonly number[]): void {
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return;
  throw new RangeError(
    `Resizing a line of pixels: wanted positive whole sizes, found ${sizes.join(" to ")}.`,
  );
}

export interface ResizeOptions {
  readonly from: readonly [height: number, width: number];
  readonly to: readonly [height: number, width: number];
  readonly method: ResizeMethod;
}

/**
 * Resizes images of one fixed size to another. A resizer holds two tensors until it is disposed of.
 */
export interface Resizer {
  /**
   * Resizes images.
   *
   * @param images tensor of shape `[count, height, width, channels]`
   */
  resize(images: tf.Tensor4D): tf.Tensor4D;
  dispose(): void;
}

/**
 * Creates a resizer. Its matrices are created here and not in `resize`, because `resize` may be
 * called inside compiled code.
 */
export function createResizer({ from, to, method }: ResizeOptions): Resizer {
  const [rows, columns] = [0, 1].map((axis) => lineResizer(from[axis], to[axis], method));
  return {
    resize: (images) =>
      tf.tidy(() => {
        const wide = columns.resize(tf.transpose(images, [0, 3, 1, 2]));
        const high = rows.resize(tf.transpose(wide, [0, 1, 3, 2]));
        return tf.transpose(high, [0, 3, 2, 1]);
      }),
    dispose: () => [rows, columns].forEach((lines) => lines.dispose()),
  };
}

function lineResizer(from: number, to: number, method: ResizeMethod): Resizer {
  const matrix = tf.tensor2d(resizeMatrix(from, to, method), [to, from]);
  return {
    // The lines are reshaped to a single matrix, because TensorFlow's batched product gave wrong
    // numbers when it broadcast a transposed matrix.
    resize: (lines) =>
      lines.reshape([-1, from]).matMul(matrix, false, true)
        .reshape([...lines.shape.slice(0, 3), to]),
    dispose: () => matrix.dispose(),
  };
}
