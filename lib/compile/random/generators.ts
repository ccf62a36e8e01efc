/**
 * Finds the classes of tfjs' random generators, which draw numbers one by one in JavaScript
 * (tfjs-core's rand_util.js). A graph needs the generators' parameters instead.
 *
 * tfjs does not export the classes. Each class sets a field of its own, so a temporary setter on
 * `Object.prototype` can catch a generator during one draw.
 */
import * as tf from "@tensorflow/tfjs";

/** MPRandGauss: a normal distribution, optionally truncated at two standard deviations. */
interface Normal {
  readonly mean: number;
  readonly stdDev: number;
  readonly truncated?: boolean;
  /** The type of the numbers. They are rounded if this is set to a type other than float32. */
  readonly dtype?: tf.DataType | null;
}

/** UniformRandom: a uniform distribution from `min` to `min + range`. */
interface Uniform {
  readonly min: number;
  readonly range: number;
}

/**
 * RandGamma: a gamma distribution. Its `beta` is the reciprocal of tf.randomGamma's argument
 * `beta`.
 */
interface Gamma {
  readonly alpha: number;
  readonly beta: number;
  readonly dtype?: tf.DataType | null;
}

export type RandomGenerator = Normal | Uniform | Gamma;

interface GeneratorClass {
  nextValue(this: RandomGenerator): number;
}

/** tfjs' functions that draw random numbers, by their names in the engine. */
export const drawingFunctions: ReadonlySet<string> = new Set([
  ...["randomNormal", "truncatedNormal", "randomUniform", "randomGamma", "multinomial"],
]);

let found: readonly GeneratorClass[] | undefined;

/** Returns the prototypes of tfjs' generator classes. */
export function generatorClasses(): readonly GeneratorClass[] {
  return found ??= [
    // With default arguments, only one class sets each of these fields.
    findClass("stdDev", () => tf.randomNormal([1], 0, 1, "float32", 1)),
    findClass("canReturnFloat", () => tf.randomUniform([1], 0, 1, "float32", 1)),
    findClass("randu", () => tf.randomGamma([1], 1, 1, "float32", 1)),
  ];
}

function findClass(field: string, draw: () => tf.Tensor): GeneratorClass {
  let prototype: GeneratorClass | undefined;
  Object.defineProperty(Object.prototype, field, {
    configurable: true,
    set(this: object, value: unknown) {
      prototype ??= Object.getPrototypeOf(this);
      const own = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(this, field, own);
    },
  });
  try {
    draw().dispose();
  } finally {
    Reflect.deleteProperty(Object.prototype, field);
  }
  if (typeof prototype?.nextValue === "function") return prototype;
  throw new Error(
    `Looking for tfjs' random generators: wanted an object with the field ${field}, found none. ` +
      "This version of tfjs draws in a different way.",
  );
}
