/**
 * Random tensors that are a function of (shape, seed, step) and the same on every engine.
 *
 * Natively they are TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform`; elsewhere
 * the same numbers come from TypeScript: Philox 4x32-10, keyed as TensorFlow keys it
 * (core/kernels/stateless_random_ops.cc, `GenerateKey`), mapped to floats as its
 * random_distributions.h does. Uniform numbers are equal to the bit, normal ones to within the
 * rounding of log, sin and cos.
 *
 * tfjs' own `tf.randomNormal`, `tf.dropout` and kin draw in JavaScript from hidden state: such a
 * run could neither be resumed exactly nor be written down as a graph.
 */
import * as tf from "@tensorflow/tfjs";
import { philox, type Words4 } from "../random.ts";
import { runOperation } from "../native/operations.ts";

/**
 * A counter as the training loop has it: a number, or a scalar int32 tensor that a graph may take
 * as an input.
 */
export type StepNumber = number | tf.Scalar;

/** The constants with which TensorFlow scrambles a user's seed. */
const SCRAMBLE_KEY = [0x3ec8f720, 0x02461e29] as const;

/**
 * Numbers from N(0, 1).
 *
 * @param shape the tensor's shape
 * @param seed a non-negative 31-bit integer that names the sequence (`deriveSeed` in random.ts
 * makes one)
 * @param step which tensor of the sequence: an int32 number or scalar tensor
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
 * Numbers spread evenly over [0, 1), with 23 random bits each. Parameters as for {@linkcode
 * normal}.
 */
export function uniform<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomUniform", fillUniform);
}

/**
 * Writes numbers made of one Philox block of four words to `values` at `at`; `values` swallows what
 * lies past its end.
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
      `The seed of a random tensor is an integer from 0 to 2^31 − 1; got ${seed}.`,
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
  // TensorFlow widens the two int32 numbers to 64 bits, sign and all, before it scrambles them.
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

/** Box and Muller's pair of normal numbers from a pair of uniform ones, twice. */
function fillNormal(words: Words4, values: Float32Array, at: number): void {
  for (let i = 0; i < 4; i += 2) {
    // The floor keeps the logarithm finite, as in TensorFlow's BoxMullerFloat.
    const radius = Math.sqrt(-2 * Math.log(Math.max(toUnit(words[i]), 1e-7)));
    const angle = 2 * Math.PI * toUnit(words[i + 1]);
    values[at + i] = radius * Math.sin(angle);
    values[at + i + 1] = radius * Math.cos(angle);
  }
}

/** The low 23 bits as the mantissa of a float in [1, 2), less 1. */
function toUnit(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}

function asTensor(step: StepNumber): tf.Scalar {
  return typeof step === "number" ? tf.scalar(step, "int32") : step;
}

function asNumber(step: StepNumber): number {
  return typeof step === "number" ? step : step.dataSync()[0];
}
