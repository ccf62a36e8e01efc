/**
 * Detects values that JavaScript hands to TensorFlow during a traced call. These values become
 * constants, so they must not differ in the next call.
 */
import { CompileError } from "./compile_error.ts";
import type { Constant } from "./graph_def.ts";
import { describePlace, type Place } from "./place.ts";

/** A larger constant counts as data, unless all its numbers are equal. */
export const MOST_NUMBERS = 16;

/**
 * tfjs functions that compute many numbers in JavaScript from a few arguments. Their results may be
 * constants.
 */
const computing = new Set(["eye", "hannWindow", "hammingWindow"]);

/** tfjs functions that draw random numbers in JavaScript if they are called with a seed. */
const drawing = new Set(["randomNormal", "randomUniform", "truncatedNormal", "randomGamma"]);

/** Returns whether tfjs drew random numbers at this place. */
export function isDraw({ functions }: Place): boolean {
  return drawing.has(functions.at(-1) ?? "");
}

/** Advice for users about random numbers. */
export const DRAW_OTHERWISE =
  "Draw random numbers with tf.randomNormal, tf.randomUniform or the like, which give new numbers in each run of a graph, or " +
  "pass them in as arguments.";

/** Returns an error if a value cannot be a constant. */
export function refuseData(
  { shape }: Constant,
  values: Constant["values"],
  place: Place,
): CompileError | undefined {
  const isSmall = values.length <= MOST_NUMBERS ||
    values.every((value) => value === values[0]) ||
    values.every(Number.isNaN);
  // Random numbers that arrive as data come from a call with its own seed.
  if (isSmall || isDraw(place) || computing.has(place.functions.at(-1) ?? "")) return undefined;
  return new CompileError(
    `A compiled function made a tensor of shape [${shape}] from ${values.length} numbers in ` +
      `JavaScript${describePlace(place)}. They would be the same in every run of the graph. ` +
      "Pass data in as an argument, or make the tensor outside the function. " +
      DRAW_OTHERWISE,
  );
}

/**
 * Calls a function, and reports each use of Math.random.
 *
 * @param isSeed returns whether the number is only the seed of a tensor that the graph draws
 * @param drawn receives an error for every other number
 */
export function watchRandomness<T>(
  place: () => Place,
  isSeed: (place: Place) => boolean,
  drawn: (refusal: CompileError) => void,
  call: () => T,
): T {
  const { random } = Math;
  Math.random = () => {
    const found = place();
    if (isSeed(found)) return random();
    const at = describePlace(found);
    drawn(
      new CompileError(
        `A compiled function drew a random number in JavaScript (Math.random)${at}. It would be the same in every run ` +
          `of the graph. ${DRAW_OTHERWISE}`,
      ),
    );
    return random();
  };
  try {
    return call();
  } finally {
    Math.random = random;
  }
}

/**
 * Runs a call with a clock that is 1 ms ahead. Two runs within a millisecond would otherwise see
 * the same time.
 */
export function withLaterClock<T>(call: () => T): T {
  const { Date } = globalThis;
  const { now } = Date;
  const later = () => now() + 1;
  Date.now = later;
  // `new Date()` and `Date()` read the clock without Date.now.
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [later()] : args, self),
    apply: () => `${new Date(later())}`,
  });
  try {
    return call();
  } finally {
    globalThis.Date = Date;
    Date.now = now;
  }
}
