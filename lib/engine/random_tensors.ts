/**
 * Random tensors that are a function of (shape, seed, step), the same on every engine.
 *
 * The native engine uses TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform`. The
 * other engines compute the same numbers in TypeScript: Philox 4x32-10, keyed like TensorFlow
 * (core/kernels/stateless_random_ops.cc, `GenerateKey`) and mapped to floats like its
 * random_distributions.h. Uniform numbers are equal to the bit, normal ones to within the rounding
 * of log, sin and cos.
 *
 * tfjs' own `tf.randomNormal`, `tf.dropout` and the like draw in JavaScript from hidden state. A
 * run that uses them could neither be resumed exactly nor be compiled to a graph.
 */
import * as tf from "@tensorflow/tfjs";
import { philox, type Words4 } from "../random.ts";
import { runOperation } from "../native/operations.ts";

/**
 * A counter of the training loop: a number, or a scalar int32 tensor that a graph can take as an
 * input.
 */
export type StepNumber = number | tf.Scalar;

/** The constants with which TensorFlow scrambles a user's seed. */
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

/**
 * Returns numbers from N(0, 1).
 *
 * @param shape the tensor's shape
 * @param seed a non-negative 31-bit integer that selects the sequence (`deriveSeed` in random.ts
 * makes one)
 * @param step index of the tensor in the sequence: an int32 number or scalar tensor
 * @returns float32 tensor of `shape`
 */
export function normal<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomNormal", fillNormal);
}

/**
 * Returns numbers spread evenly over [0, 1), with 23 random bits each. Takes the same parameters as
 * {@linkcode normal}.
 */
export function uniform<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomUniform", fillUniform);
}

/**
 * Converts one Philox block of four words to numbers and writes them to `values` at `at`. Writes
 * past the end of `values` have no effect.
 */
type Fill = (words: Words4, values: Float32Array, at: number) => void;

function draw<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
  operation: string,
  fill: Fill,
): tf.Tensor<R> {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) {
    throw new RangeError(
      `The seed of a random tensor must be an integer from 0 to 2^31 − 1; found ${seed}.`,
    );
  }
  const dimensions: number[] = [...shape];
  if (tf.getBackend() === "tensorflow") {
    return tf.tidy(() => {
      const key = tf.stack([tf.scalar(seed, "int32"), asTensor(step)]);
      const size = tf.tensor1d(dimensions, "int32");
      return runOperation(operation, {
        dtype: "float32",
        T: "int32",
        Tseed: "int32",
      }, [
        size,
        key,
      ]) as tf.Tensor<R>;
    });
  }
  const count = dimensions.reduce((product, size) => product * size, 1);
  const values: tf.Tensor = tf.tensor(
    drawValues(count, seed, asNumber(step), fill),
    dimensions,
  );
  return values as tf.Tensor<R>;
}

function drawValues(
  count: number,
  seed: number,
  step: number,
  fill: Fill,
): Float32Array {
  // TensorFlow sign-extends the two int32 numbers to 64 bits before it scrambles them.
  const mix = philox([seed, 0, step, step >> 31], ...SCRAMBLE_KEY);
  const values = new Float32Array(count);
  for (let at = 0, block = 0; at < count; at += 4, block++) {
    fill(philox([block, 0, mix[2], mix[3]], mix[0], mix[1]), values, at);
  }
  return values;
}

function fillUniform(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < 4; i++) values[at + i] = toUnit(words[i]);
}

/**
 * Turns two pairs of uniform numbers into two pairs of normal ones by Box and Muller's transform.
 */
function fillNormal(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < 4; i += 2) {
    // The floor keeps the logarithm finite, as in TensorFlow's BoxMullerFloat.
    const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[i]), 1e-7)));
    const angle = 2 * Math.PI * toUnit(words[i + 1]);
    values[at + i] = radius * Math.sin(angle);
    values[at + i + 1] = radius * Math.cos(angle);
  }
}

/** Takes the low 23 bits as the mantissa of a float in [1, 2), minus 1. */
function toUnit(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}

function asTensor(step: StepNumber): tf.Scalar {
  return typeof step === "number" ? tf.scalar(step, "int32") : step;
}

function asNumber(step: StepNumber): number {
  return typeof step === "number" ? step : step.dataSync()[0];
}
