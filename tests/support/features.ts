import { startEngine } from "../../lib/engine/backend.ts";
import type { Features } from "../../lib/evaluation/metrics/features.ts";
import { type RandomStream, randomStream } from "../../lib/random.ts";
import { useNative } from "./engine.ts";

/** Features in float64. */
export type DoubleFeatures = Features & { readonly values: Float64Array };

/** Returns features from a function: component j of vector i is `value(i, j)`. */
export function tabulate(
  count: number,
  dimension: number,
  value: (i: number, j: number) => number,
): DoubleFeatures {
  const values = Float64Array.from(
    { length: count * dimension },
    (_, at) => value(Math.floor(at / dimension), at % dimension),
  );
  return { values, count, dimension };
}

/** Returns features from rows of numbers. Each row is a vector. */
export function fromRows(rows: readonly (readonly number[])[]): DoubleFeatures {
  return tabulate(rows.length, rows[0].length, (i, j) => rows[i][j]);
}

/**
 * Returns the first set of reference vectors, which is called x. By default, the set has 50 vectors
 * in 8 dimensions.
 */
export function waves(count = 50): DoubleFeatures {
  return tabulate(
    count,
    8,
    (i, j) => Math.sin(.37 * i * (j + 1) + .11 * j),
  );
}

/** Returns the second set of reference vectors, which is called y. */
export function otherWaves(count = 50): DoubleFeatures {
  return tabulate(
    count,
    8,
    (i, j) => Math.cos(.29 * (i + 3) * (j + 2)) + .1 * j,
  );
}

/**
 * Returns the third set of reference vectors. Component j of vector i is x + .6 sin(1.7 i + .9 j),
 * where x is the same component in the first set.
 */
export function disturbedWaves(): DoubleFeatures {
  const { values } = waves();
  return tabulate(
    50,
    8,
    (i, j) => values[i * 8 + j] + .6 * Math.sin(1.7 * i + .9 * j),
  );
}

/** Returns features whose components are drawn from the normal distribution N(0, 1). */
export function gaussian(
  count: number,
  dimension: number,
  seed: number,
): DoubleFeatures {
  const stream = randomStream(seed, "gaussian");
  return tabulate(count, dimension, () => drawNormal(stream));
}

/** Returns the vectors after `change` has been applied to every component. */
export function transform(
  { values, count, dimension }: Features,
  change: (value: number, i: number, j: number) => number,
): DoubleFeatures {
  return tabulate(
    count,
    dimension,
    (i, j) => change(values[i * dimension + j], i, j),
  );
}

/** Returns the same vectors in a random order. */
export function shuffle(features: Features, seed: number): DoubleFeatures {
  const { values, count, dimension } = features;
  const order = randomStream(seed, "shuffle").permutation(count);
  return tabulate(
    count,
    dimension,
    (i, j) => values[order[i] * dimension + j],
  );
}

/**
 * Reflects vectors in the hyperplane through the origin that is orthogonal to a random direction.
 */
export function reflect(features: Features, seed: number): DoubleFeatures {
  const { values, count, dimension } = features;
  const direction = gaussian(1, dimension, seed).values;
  const square = direction.reduce((sum, x) => sum + x * x, 0);
  const along = Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    direction.forEach((x, j) => sum += x * values[i * dimension + j]);
    return sum / square;
  });
  return transform(
    features,
    (value, i, j) => value - 2 * along[i] * direction[j],
  );
}

/**
 * Runs a calculation twice, with native TensorFlow and with tfjs' cpu backend, which is written in
 * TypeScript. Afterwards, native TensorFlow is the active engine.
 */
export async function onBothEngines<T>(
  compute: () => T,
): Promise<{ native: T; typescript: T }> {
  await useNative();
  const native = compute();
  await startEngine({ engine: "cpu" });
  try {
    return { native, typescript: compute() };
  } finally {
    await useNative();
  }
}

function drawNormal(stream: RandomStream): number {
  return Math.sqrt(-2 * Math.log(1 - stream.uniform())) *
    Math.cos(2 * Math.PI * stream.uniform());
}
