/**
 * Draws random tensors with TensorFlow's stateless random operations. The numbers have the same
 * distribution as the numbers that tfjs draws. For a given distribution, they depend only on the
 * shape of the tensor and on a key.
 */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend } from "../../native/native_backend.ts";
import { runOperation } from "../../native/operations.ts";
import type { Draws } from "./draws.ts";
import type { RandomGenerator } from "./generators.ts";

/** The shape, type and distribution of a random tensor. */
export interface Drawing {
  readonly generator: RandomGenerator;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
}

/** The id that tfjs-node uses if there is no native tensor. */
const NO_TENSOR = -1;

/**
 * Draws a tensor again. The new numbers replace those that tfjs has just drawn, which are still in
 * JavaScript.
 */
export function redraw(dataId: tf.DataId, drawing: Drawing, draws: Draws): void {
  const { tensorMap } = nativeBackend();
  tf.tidy(() => {
    const drawn = tensorMap.get(drawTensor(drawing, draws.nextKey()).dataId);
    const entry = tensorMap.get(dataId);
    entry.values = null;
    // Move the native tensor from `drawn` to `entry`, because tf.tidy frees `drawn`.
    [entry.id, drawn.id] = [drawn.id, NO_TENSOR];
  });
}

/**
 * Draws a tensor.
 *
 * @param key int32 tensor of shape `[2]`
 */
function drawTensor({ generator, shape, dtype }: Drawing, key: tf.Tensor): tf.Tensor {
  const draw = (operation: string, ...parameters: tf.Tensor[]) => {
    const sizes = tf.tensor1d([...shape], "int32");
    const types = { dtype: "float32", T: "int32", Tseed: "int32" } as const;
    return runOperation(operation, types, [sizes, key, ...parameters]);
  };
  if ("range" in generator) {
    const { min, range } = generator;
    // tfjs writes uniform random numbers into an array of the requested type. In an array of
    // integers, the fractions are cut off.
    return toType(spread(draw("StatelessRandomUniform"), range, min), dtype);
  }
  if ("alpha" in generator) {
    const drawn = drawGamma(draw, generator.alpha);
    return toType(roundIfWhole(drawn.div(generator.beta), generator.dtype), dtype);
  }
  const { mean, stdDev, truncated } = generator;
  const drawn = draw(truncated ? "StatelessTruncatedNormal" : "StatelessRandomNormal");
  return toType(roundIfWhole(spread(drawn, stdDev, mean), generator.dtype), dtype);
}

function drawGamma(draw: (operation: string, alpha: tf.Tensor) => tf.Tensor, alpha: number) {
  return draw("StatelessRandomGammaV2", tf.scalar(alpha));
}

function spread(standard: tf.Tensor, scale: number, offset: number): tf.Tensor {
  const scaled = scale === 1 ? standard : standard.mul(scale);
  return offset === 0 ? scaled : scaled.add(offset);
}

function roundIfWhole(
  numbers: tf.Tensor,
  wanted: tf.DataType | null | undefined,
): tf.Tensor {
  return wanted === undefined || wanted === null || wanted === "float32"
    ? numbers
    : numbers.round();
}

function toType(numbers: tf.Tensor, dtype: tf.DataType): tf.Tensor {
  if (dtype === "float32") return numbers;
  const whole = numbers.cast("int32");
  return dtype === "int32" ? whole : whole.cast(dtype);
}
