import { EvaluationError } from "../evaluation_error.ts";
import { type NumberArray, parseNpy } from "./npy.ts";
import { readNpz } from "./npz.ts";

/** The feature vectors of a set of images. */
export interface StoredFeatures {
  /** Distinguishes this type from {@linkcode StoredMoments}. */
  readonly kind: "features";
  /** The vectors in row-major order, with the shape `[count, dimension]`. */
  readonly values: Float32Array | Float64Array;
  /** Number of vectors. */
  readonly count: number;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/** The mean and covariance of the features of a set of images. The number of images is unknown. */
export interface StoredMoments {
  /** Distinguishes this type from {@linkcode StoredFeatures}. */
  readonly kind: "moments";
  /** `[dimension]` */
  readonly mean: Float64Array;
  /** `[dimension, dimension]` */
  readonly covariance: Float64Array;
  /** Length of a feature vector. */
  readonly dimension: number;
}

/**
 * Reads a file that was saved by NumPy or pytorch-fid. The file contains either feature vectors or
 * only the mean and covariance of feature vectors.
 *
 * @param path a .npy file of floats `[n, d]`, a .npz file with one such array, or a .npz file with
 * `mu` `[d]` and `sigma` `[d, d]`
 * @throws {EvaluationError} when the file has none of these forms
 */
export async function openFeatures(
  path: string,
): Promise<StoredFeatures | StoredMoments> {
  const bytes = await Deno.readFile(path);
  if (path.endsWith(".npy")) return toFeatures(parseNpy(bytes, path), path);
  const arrays = await readNpz(bytes, path);
  const [mu, sigma] = [arrays.get("mu"), arrays.get("sigma")];
  if (mu && sigma) return toMoments(mu, sigma, path);
  const [only, ...others] = arrays.values();
  if (only && others.length === 0) return toFeatures(only, path);
  throw new EvaluationError(
    `${path}: wanted one array, or mu and sigma; found ${[...arrays.keys()].join(", ") || "none"}.`,
  );
}

function toFeatures(
  { shape, values }: NumberArray,
  path: string,
): StoredFeatures {
  const [count, dimension] = shape;
  if (shape.length !== 2 || values instanceof Uint8Array) {
    throw new EvaluationError(
      `${path}: wanted features, floats of shape [n, d]; found shape [${shape.join(", ")}].`,
    );
  }
  return { kind: "features", values, count, dimension };
}

function toMoments(
  mu: NumberArray,
  sigma: NumberArray,
  path: string,
): StoredMoments {
  const [dimension] = mu.shape;
  if (
    mu.shape.length !== 1 || sigma.shape.length !== 2 ||
    sigma.shape.some((size) => size !== dimension)
  ) {
    throw new EvaluationError(
      `${path}: wanted mu [d] and sigma [d, d]; found [${mu.shape}] and [${sigma.shape}].`,
    );
  }
  return {
    kind: "moments",
    mean: Float64Array.from(mu.values),
    covariance: Float64Array.from(sigma.values),
    dimension,
  };
}
