import type { ByteImages } from "../../images.ts";
import { EvaluationError } from "../evaluation_error.ts";

/** The feature vectors of a set of images. */
export interface Features {
  /** `[count, dimension]`, row-major. */
  readonly values: Float32Array | Float64Array | Uint8Array;
  /** Number of vectors. */
  readonly count: number;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/**
 * Throws an error if a set of feature vectors is invalid.
 *
 * @param attempt start of each error message, such as "KID"
 * @param minimum smallest number of images that is allowed
 * @throws {EvaluationError} if the number of values is wrong, if there are too few images, or if a
 * value is not finite
 */
export function requireFeatures(
  attempt: string,
  { values, count, dimension }: Features,
  minimum = 1,
): void {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new EvaluationError(
      `${attempt}: wanted features of at least one dimension; found ${dimension}.`,
    );
  }
  if (!Number.isInteger(count) || count < minimum) {
    throw new EvaluationError(
      `${attempt}: wanted at least ${minimum} images; found ${count}.`,
    );
  }
  if (values.length !== count * dimension) {
    throw new EvaluationError(
      `${attempt}: wanted ${count} x ${dimension} = ${count * dimension} numbers; found ` +
        `${values.length}.`,
    );
  }
  requireFiniteFeatures(attempt, values, dimension);
}

/**
 * Throws an error if two sets of feature vectors cannot be compared.
 *
 * @throws {EvaluationError} if the dimensions differ, or if {@linkcode requireFeatures} rejects one
 * of the sets
 */
export function requireComparable(
  attempt: string,
  a: Features,
  b: Features,
  minimum = 1,
): void {
  if (a.dimension !== b.dimension) {
    throw new EvaluationError(
      `${attempt}: wanted features of one extractor; found ${a.dimension} dimensions against ${b.dimension}.`,
    );
  }
  requireFeatures(attempt, a, minimum);
  requireFeatures(attempt, b, minimum);
}

const NOT_FINITE = [NaN, Infinity, -Infinity];

/** Throws an error if a value is NaN or infinite. */
export function requireFiniteFeatures(
  attempt: string,
  values: Features["values"],
  dimension: number,
): void {
  // Bytes are always finite, and a training set has 47 million of them.
  if (values instanceof Uint8Array) return;
  // The search in native code is several times as fast as a loop.
  if (!NOT_FINITE.some((value) => values.includes(value))) return;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new EvaluationError(
        `${attempt}: wanted finite numbers; found ${values[i]} in vector ` +
          `${Math.floor(i / dimension)} at ${i % dimension}.`,
      );
    }
  }
}

/** Returns the feature vectors with the given indices. */
export function selectFeatures(
  { values, dimension }: Features,
  rows: ArrayLike<number>,
): Features & { readonly values: Float64Array } {
  const selected = new Float64Array(rows.length * dimension);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * dimension;
    selected.set(values.subarray(from, from + dimension), i * dimension);
  }
  return { values: selected, count: rows.length, dimension };
}

/** Returns feature vectors that consist of the pixels of the images. */
export function pixelFeatures({ pixels, count, height, width }: ByteImages): Features {
  return { values: pixels, count, dimension: height * width };
}
