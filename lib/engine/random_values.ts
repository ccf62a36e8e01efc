/**
 * Computes the same numbers as TensorFlow's operations `StatelessRandomNormal` and
 * `StatelessRandomUniform`, but without tfjs. The generator is Philox 4x32-10. Its key is computed
 * as in `GenerateKey` (core/kernels/stateless_random_ops.cc). Its output is converted to floats as
 * in random_distributions.h.
 */
import { philox, type Words4 } from "../random.ts";

/** Identifies a sequence of random numbers. */
export interface SequenceName {
  /** An integer from 0 to 2^31 − 1. */
  readonly seed: number;
  /** An int32. */
  readonly step: number;
}

/**
 * Draws `count` numbers from the standard normal distribution N(0, 1).
 *
 * @param from number of values to skip at the start of the sequence, a multiple of 4
 */
export function normalValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillNormal });
}

/** Draws `count` numbers from the uniform distribution on [0, 1), with 23 random bits each. */
export function uniformValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillUniform });
}

/** Writes the four numbers of one Philox block to `values`, starting at index `at`. */
type Fill = (words: Words4, values: Float32Array, at: number) => void;

/** The constants with which TensorFlow scrambles a seed. */
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

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
  // TensorFlow sign-extends the seed and the step to 64 bits.
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

/** Turns uniform numbers into normal numbers by the Box-Muller transform. */
function fillNormal(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < IN_BLOCK; i += 2) {
    // The lower bound 1e-7 keeps the logarithm finite, as in TensorFlow's BoxMullerFloat.
    const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[i]), 1e-7)));
    const angle = 2 * Math.PI * toUnit(words[i + 1]);
    values[at + i] = radius * Math.sin(angle);
    values[at + i + 1] = radius * Math.cos(angle);
  }
}

/**
 * Turns a word into a number in [0, 1). The low 23 bits of the word become the mantissa of a float
 * in [1, 2), and then 1 is subtracted.
 */
function toUnit(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}
