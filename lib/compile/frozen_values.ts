/**
 * Detects values that JavaScript hands to TensorFlow during a traced call. They become constants in
 * the graph, which is wrong if the next call would have different values.
 */
import { CompileError } from "./compile_error.ts";
import type { Constant } from "./graph_def.ts";
import { describePlace, type Place } from "./place.ts";

/** A constant with more numbers than this counts as data, unless all its numbers are equal. */
const MOST_NUMBERS = 16;

/**
 * Functions of tfjs that compute many numbers in JavaScript from a few. Random ones must have their
 * own seed.
 */
const computing = new Set([
  "eye",
  "hannWindow",
  "hammingWindow",
  "randomNormal",
  "randomUniform",
  "truncatedNormal",
  "randomGamma",
]);

/** Advice for users about random numbers. */
export const DRAW_OTHERWISE =
  "Draw random numbers with tf.randomNormal, tf.randomUniform and their like, of which a graph has new ones in each call, or " +
  "hand them in.";

/** Returns the reason why a value cannot be a constant, if there is one. */
export function refuseData(
  { shape }: Constant,
  values: Constant["values"],
  place: Place,
): CompileError | undefined {
  const isSmall = values.length <= MOST_NUMBERS ||
    values.every((value) => value === values[0]) ||
    values.every(Number.isNaN);
  if (isSmall || computing.has(place.functions.at(-1) ?? "")) return undefined;
  return new CompileError(
    `A compiled function made a tensor of shape [${shape}] from ${values.length} numbers in ` +
      `JavaScript${describePlace(place)}. They would be the same in every run of the graph. ` +
      "Hand data in as an argument, or make the tensor outside. " +
      DRAW_OTHERWISE,
  );
}

/**
 * Calls a function, and notes the places where it draws from Math.random.
 *
 * @param place of the draw
 * @param isSeed returns whether the number is only the seed of a tensor that the graph draws
 * @param drawn receives every other draw
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
 * Runs a call with a slightly later clock. Two runs within a millisecond would otherwise see the
 * same time.
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
