/**
 * Values that JavaScript hands to TensorFlow during a traced call. The graph has them as constants,
 * which is wrong for what would be another value in the next call.
 */
import { CompileError } from "./compile_error.ts";
import type { Constant } from "./graph_def.ts";
import { describePlace, type Place } from "./place.ts";

/** More numbers than this from JavaScript, if they are not all the same, are taken for data. */
const MOST_NUMBERS = 16;

/**
 * Functions of tfjs that compute many numbers in JavaScript from a few; with random ones, from a
 * seed of their own.
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

/** The remedy for randomness. */
export const DRAW_OTHERWISE =
  "Draw random numbers with tf.randomNormal, tf.randomUniform and their like, of which a graph has new ones in each call, or " +
  "hand them in.";

/** What speaks against a constant, if anything does. */
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
 * Calls a function, and notes where it draws from Math.random.
 *
 * @param place of the drawing
 * @param isSeed whether the number is only the seed of a tensor that the graph draws itself
 * @param drawn is told of all others
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
 * Runs a call a little later, as far as it can tell: two runs within a millisecond would have the
 * same time.
 */
export function withLaterClock<T>(call: () => T): T {
  const { now } = Date;
  Date.now = () => now() + 1;
  try {
    return call();
  } finally {
    Date.now = now;
  }
}
