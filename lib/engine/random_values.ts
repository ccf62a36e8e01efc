/**
 * Computes the same numbers as TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform`,
 * in TypeScript. Uses the generator Philox 4x32-10. Like TensorFlow, derives the key as in
 * `GenerateKey` (core/kernels/stateless_random_ops.cc) and maps words to floats as in
 * random_distributions.h.
 *
 * Does not import tfjs, so that a web page can draw the same latent vectors without loading tfjs.
 */
import { philox, type Words4 } from "../random.ts";

/** Identifies a sequence of numbers. */
export interface SequenceName {
  /** Seed of the sequence, a non-negative 31-bit integer. */
  readonly seed: number;
  /** Number of the step for which the numbers are drawn, an int32. */
  readonly step: number;
}

/**
 * Returns numbers drawn from the normal distribution N(0, 1).
 *
 * @param from number of values to skip at the start of the sequence, a multiple of 4
 */
export function normalValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillNormal });
}

/** Returns numbers drawn uniformly from [0, 1), with 23 random bits each. */
export function uniformValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillUniform });
}

/**
 * Converts one Philox block of four words to numbers and writes them to `values`, starting at index
 * `at`. Ignores numbers that would lie past the end of `values`.
 */
type Fill = (words: Words4, values: Float32Array, at: number) => void;

/** The constants that TensorFlow uses to scramble a user's seed. */
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

/** Number of values in one Philox block. */
const IN_BLOCK = 4;

function drawValues(
  count: number,
  { seed, step }: SequenceName,
  { from, fill }: { readonly from: number; readonly fill: Fill },
): Float32Array {
  if (!Number.isInteger(from / IN_BLOCK) || from < 0) {
    throw new RangeError(
      `Drawing numbers of a sequence: wanted to skip a multiple of ${IN_BLOCK}, found ${from}.`,
    );
  }
  // TensorFlow sign-extends the two int32 numbers to 64 bits before it scrambles them.
  const mix = philox([seed, 0, step, step >> 31], ...SCRAMBLE_KEY);
  const values = new Float32Array(count);
  for (let at = 0, block = from / IN_BLOCK; at < count; at += IN_BLOCK, block++) {
    fill(philox([block, 0, mix[2], mix[3]], mix[0], mix[1]), values, at);
  }
  return values;
}

function fillUniform(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < IN_BLOCK; i++) values[at + i] = toUnit(words[i]);
}

/**
 * Turns two pairs of uniform numbers into two pairs of normal ones with the Box-Muller transform.
 */
function fillNormal(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < IN_BLOCK; i += 2) {
    // The lower limit of 1e-7 keeps the logarithm finite, as in TensorFlow's BoxMullerFloat.
    const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[i]), 1e-7)));
    const angle = 2 * Math.PI * toUnit(words[i + 1]);
    values[at + i] = radius * Math.sin(angle);
    values[at + i + 1] = radius * Math.cos(angle);
  }
}

/** Uses the low 23 bits as the mantissa of a float in [1, 2), and subtracts 1 from that float. */
function toUnit(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}
