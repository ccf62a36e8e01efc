/**
 * The objects from which tfjs draws random numbers, one after the other, in JavaScript
 * (tfjs-core's rand_util.js). While a call is traced their numbers are of no use: a graph needs to
 * know from which distribution a tensor is drawn, and the objects know that.
 *
 * tfjs exports none of their classes. Each of them sets a field of its own on a new object, and a
 * setter on `Object.prototype`, there for the length of one draw, gets to see the object.
 */
import * as tf from "@tensorflow/tfjs";

/** MPRandGauss: a normal distribution, truncated at two deviations or not. */
interface Normal {
  readonly mean: number;
  readonly stdDev: number;
  readonly truncated?: boolean;
  /** Where it is not float32, numbers are rounded. */
  readonly dtype?: tf.DataType | null;
}

/** UniformRandom. */
interface Uniform {
  readonly min: number;
  readonly range: number;
}

/** RandGamma; its `beta` is the inverse of the argument. */
interface Gamma {
  readonly alpha: number;
  readonly beta: number;
  readonly dtype?: tf.DataType | null;
}

export type Generator = Normal | Uniform | Gamma;

/** A class of generators, as far as it is used. */
interface GeneratorClass {
  nextValue(this: Generator): number;
}

/** tfjs' functions that draw, by the names that its engine knows them by. */
export const drawingFunctions: ReadonlySet<string> = new Set([
  ...["randomNormal", "truncatedNormal", "randomUniform", "randomGamma", "multinomial"],
]);

/** The classes, once they have been found. */
let found: readonly GeneratorClass[] | undefined;

/** The prototypes of tfjs' classes of generators. */
export function generatorClasses(): readonly GeneratorClass[] {
  return found ??= [
    // Each field is one that only this class sets, with the default arguments' fields before it.
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
      "This version of tfjs draws in another way.",
  );
}
