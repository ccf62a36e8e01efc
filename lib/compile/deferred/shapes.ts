/**
 * Computes shapes the way TensorFlow does. A function returns undefined for what TensorFlow might
 * refuse.
 */

export type TensorShape = readonly number[];

/** Returns whether a shape is known and is the same as another one. */
export function isSameShape(a: TensorShape | undefined, b: TensorShape): a is TensorShape {
  return a?.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** Returns the number of elements of a tensor. */
export function sizeOf(shape: TensorShape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function broadcastShapes(shapes: readonly TensorShape[]): TensorShape | undefined {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (const [i, size] of shape.entries()) {
      const axis = rank - shape.length + i;
      if (size === 1) continue;
      if (result[axis] !== 1 && result[axis] !== size) return undefined;
      result[axis] = size;
    }
  }
  return result;
}

/** Returns an axis that is not negative. */
export function normalizeAxis(axis: number, rank: number): number | undefined {
  if (axis < -rank || axis >= rank) return undefined;
  return axis < 0 ? axis + rank : axis;
}

/** Returns distinct axes that are not negative, in the same order. */
export function normalizeAxes(axes: readonly number[], rank: number): number[] | undefined {
  const found = axes.map((axis) => normalizeAxis(axis, rank));
  return found.includes(undefined) || new Set(found).size < found.length
    ? undefined
    : found as number[];
}

/** Replaces a size of −1 by the size that gives the shape the right number of elements. */
export function completeShape(sizes: TensorShape, elements: number): TensorShape | undefined {
  const known = sizes.filter((size) => size !== -1);
  if (sizes.length - known.length > 1 || known.some((size) => size < 0)) return undefined;
  const size = sizeOf(known);
  if (known.length === sizes.length) return size === elements ? sizes : undefined;
  return size > 0 && elements % size === 0
    ? sizes.with(sizes.indexOf(-1), elements / size)
    : undefined;
}

/** How a window moves over an image or a volume. */
export interface Sliding {
  readonly padding: unknown;
  /** The steps along all axes of the tensor, channels last. */
  readonly strides: TensorShape;
  readonly dilations: TensorShape;
}

/**
 * Returns the sizes along the axes over which a window slides.
 *
 * @param input the input's shape, channels last
 * @param window the sizes of the window along these axes
 */
export function slideWindow(
  input: TensorShape,
  window: TensorShape,
  { padding, strides, dilations }: Sliding,
): TensorShape | undefined {
  const rank = input.length;
  if (rank !== window.length + 2 || strides.length !== rank || dilations.length !== rank) {
    return undefined;
  }
  if ([strides[0], strides[rank - 1], dilations[0], dilations[rank - 1]].some((one) => one !== 1)) {
    return undefined;
  }
  if (padding !== "SAME" && padding !== "VALID") return undefined;
  const sizes = window.map((size, i) => {
    const reach = (size - 1) * dilations[i + 1] + 1;
    const positions = padding === "SAME" ? input[i + 1] : input[i + 1] - reach + 1;
    return Math.ceil(positions / strides[i + 1]);
  });
  return [...input, ...window, ...sizes].every((size) => size > 0) ? sizes : undefined;
}
