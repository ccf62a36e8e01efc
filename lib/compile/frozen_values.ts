/**
 * Checks the values that JavaScript passes to TensorFlow while a call is traced. These values
 * become constants of the graph, so they must be the same in every call.
 */
import { CompileError } from "./compile_error.ts";
import type { Constant } from "./graph_def.ts";
import { describePlace, type Place } from "./place.ts";
import { replaceMethod } from "./replace_method.ts";

/**
 * If a tensor from JavaScript has more numbers than this, it counts as data and must not become a
 * constant. But a tensor whose numbers are all equal may have any size.
 */
export const MOST_NUMBERS = 16;

/**
 * tfjs functions that compute many numbers in JavaScript from a few arguments. Their results may
 * become constants.
 */
const computing = new Set(["eye", "hannWindow", "hammingWindow"]);

/** tfjs functions that draw their random numbers in JavaScript if the caller passes a seed. */
const drawing = new Set(["randomNormal", "randomUniform", "truncatedNormal", "randomGamma"]);

/** Returns whether a tfjs function was drawing random numbers at this place. */
export function isDraw({ functions }: Place): boolean {
  return drawing.has(functions.at(-1) ?? "");
}

/** The sentence of an error message that tells users how to draw random numbers. */
export const DRAW_OTHERWISE =
  "Draw random numbers with tf.randomNormal, tf.randomUniform or the like, which give new numbers in each run of a graph, or " +
  "pass them in as arguments.";

/** Returns an error if the values must not become a constant of the graph. */
export function refuseData(
  { shape }: Constant,
  values: Constant["values"],
  place: Place,
): CompileError | undefined {
  const isSmall = values.length <= MOST_NUMBERS ||
    values.every((value) => value === values[0]) ||
    values.every(Number.isNaN);
  // If random numbers arrive here as data, then the caller passed a seed, and the numbers are the
  // same in every call.
  if (isSmall || isDraw(place) || computing.has(place.functions.at(-1) ?? "")) return undefined;
  return new CompileError(
    `A compiled function made a tensor of shape [${shape}] from ${values.length} numbers in ` +
      `JavaScript${describePlace(place)}. They would be the same in every run of the graph. ` +
      "Pass data in as an argument, or make the tensor outside the function. " +
      DRAW_OTHERWISE,
  );
}

/**
 * Calls a function, and reports each random number that JavaScript draws during the call
 * (`Math.random`, `crypto.getRandomValues` and `crypto.randomUUID`). Even a number that is the same
 * in two runs must be reported: a single random bit is the same in half of all cases.
 *
 * @param isSeed returns whether the call to Math.random at a place only makes the seed of a random
 * tensor; the graph will generate such a tensor itself
 * @param drawn a function that is called with an error for every number that is not such a seed
 */
export function watchRandomness<T>(
  place: () => Place,
  isSeed: (place: Place) => boolean,
  drawn: (refusal: CompileError) => void,
  call: () => T,
): T {
  const report = (source: string, at: Place) => drawn(refuseRandomNumber(source, at));
  const undo = [
    replaceMethod(Math, "random", (random) => () => {
      const found = place();
      if (!isSeed(found)) report("Math.random", found);
      return random();
    }),
    replaceMethod(crypto, "getRandomValues", (original) => (array: ArrayBufferView | null) => {
      report("crypto.getRandomValues", place());
      return Reflect.apply(original, crypto, [array]);
    }),
    replaceMethod(crypto, "randomUUID", (original) => () => {
      report("crypto.randomUUID", place());
      return original.call(crypto);
    }),
  ];
  try {
    return call();
  } finally {
    for (const one of undo) one();
  }
}

function refuseRandomNumber(source: string, place: Place): CompileError {
  const at = describePlace(place);
  return new CompileError(
    `A compiled function drew a random number in JavaScript (${source})${at}. It would be the same in every run ` +
      `of the graph. ${DRAW_OTHERWISE}`,
  );
}
