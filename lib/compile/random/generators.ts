/**
 * Finds the classes of tfjs' random generators, which draw numbers one by one in JavaScript
 * (tfjs-core's rand_util.js). A graph does not use these numbers. It needs only the parameters of
 * the generators.
 *
 * tfjs does not export the classes. However, each class sets a field that no other class sets.
 * Therefore, a setter for this field is placed on `Object.prototype` during a single draw; when a
 * generator sets the field, the setter receives the generator as `this`.
 */
import * as tf from "@tensorflow/tfjs";

/** A normal distribution, which may be truncated at two standard deviations (class MPRandGauss). */
interface Normal {
  readonly mean: number;
  readonly stdDev: number;
  readonly truncated?: boolean;
  /** The type of the numbers. If a type other than float32 is set, then the numbers are rounded. */
  readonly dtype?: tf.DataType | null;
}

/** A uniform distribution from `min` to `min + range` (class UniformRandom). */
interface Uniform {
  readonly min: number;
  readonly range: number;
}

/**
 * A gamma distribution (class RandGamma). Here, `beta` is the reciprocal of the argument `beta` of
 * tf.randomGamma.
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

/** The names that tfjs' engine uses for the functions that draw random numbers. */
export const drawingFunctions: ReadonlySet<string> = new Set([
  ...["randomNormal", "truncatedNormal", "randomUniform", "randomGamma", "multinomial"],
]);

let found: readonly GeneratorClass[] | undefined;

/** Returns the prototypes of tfjs' generator classes. */
export function generatorClasses(): readonly GeneratorClass[] {
  return found ??= [
    // With the arguments below, each of these fields is set by only one class.
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
