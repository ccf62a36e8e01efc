/**
 * Computes the numbers of TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform` without
 * tfjs. The generator is Philox 4x32-10. The key follows `GenerateKey`
 * (core/kernels/stateless_random_ops.cc), and floats follow random_distributions.h.
 */
import { philox, type Words4 } from "../random.ts";

/** A sequence of numbers. */
export interface SequenceName {
  /** 0 to 2^31 − 1. */
  readonly seed: number;
  /** An int32. */
  readonly step: number;
}

/**
 * Draws numbers from N(0, 1).
 *
 * @param from how many numbers to skip, a multiple of 4
 */
export function normalValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillNormal });
}

/** Draws numbers from [0, 1), with 23 random bits each. */
export function uniformValues(count: number, name: SequenceName, from = 0): Float32Array {
  return drawValues(count, name, { from, fill: fillUniform });
}

/** Writes the numbers of one Philox block to `values`, from index `at`. */
type Fill = (words: Words4, values: Float32Array, at: number) => void;

/** TensorFlow's constants for scrambling a seed. */
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
  // TensorFlow sign-extends both numbers to 64 bits.
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
    // 1e-7 keeps the logarithm finite, as in TensorFlow's BoxMullerFloat.
    const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[i]), 1e-7)));
    const angle = 2 * Math.PI * toUnit(words[i + 1]);
    values[at + i] = radius * Math.sin(angle);
    values[at + i + 1] = radius * Math.cos(angle);
  }
}

/** Uses the low 23 bits as the mantissa of a float in [1, 2), minus 1. */
function toUnit(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}
