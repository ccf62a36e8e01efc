/**
 * Runs batch normalization in training (Ioffe and Szegedy, arXiv 1502.03167) with TensorFlow's two
 * fused operations: one computes the output, and the other computes the gradient. tfjs uses about
 * thirty operations for the gradient.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperationWithOutputs } from "../../native/operations.ts";
import { isDifferentiated } from "./differentiated.ts";

/** The results of batch normalization in training. */
export interface Normalized {
  /** The normalized, scaled and shifted input, with its original shape. */
  readonly output: tf.Tensor;
  /** The mean of each channel, `[channels]`. */
  readonly mean: tf.Tensor;
  /** The variance of each channel in the batch, `[channels]`, without Bessel's correction. */
  readonly variance: tf.Tensor;
}

/** The only input shape that the fused operation accepts: batch, height, width and channels. */
type Images = [number, number, number, number];

/**
 * Normalizes each channel over all other axes. The output can be differentiated with respect to the
 * input, the scale and the offset.
 *
 * @param input `[…, channels]`
 * @param gamma the scale of each channel, `[channels]`
 * @param beta the offset of each channel, `[channels]`
 */
export function normalizeBatch(
  input: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): Normalized {
  const channels = input.shape[input.rank - 1];
  const count = input.size / channels;
  const images: Images = input.rank === 4 ? [...input.shape] as Images : [count, 1, 1, channels];
  const none = tf.tensor1d([]);
  const [y, mean, variance, ...reserved] = runOperationWithOutputs(
    "FusedBatchNormV3",
    { T: "float32", U: "float32", epsilon, is_training: true },
    [input.reshape(images), gamma, beta, none, none],
    6,
  );
  const withGradients = tf.customGrad((...args) => {
    const save = args.pop() as tf.GradSaveFunc;
    const [x, scale] = args as tf.Tensor[];
    save([x, scale, ...reserved]);
    return { value: y.reshape(input.shape), gradFunc: gradients };
  });
  return {
    output: withGradients(input, gamma, beta),
    mean,
    // TensorFlow returns the variance with Bessel's correction.
    variance: variance.mul((count - 1) / count),
  };

  function gradients(
    dy: tf.Tensor,
    [x, scale, ...reserved]: tf.Tensor[],
  ): tf.Tensor[] {
    if (isDifferentiated()) return composedGradients(dy, x, scale, epsilon);
    const [dx, dScale, dOffset] = runOperationWithOutputs(
      "FusedBatchNormGradV3",
      { T: "float32", U: "float32", epsilon, is_training: true },
      [dy.reshape(images), x.reshape(images), scale, ...reserved],
      5,
    );
    return [dx.reshape(input.shape), dScale, dOffset];
  }
}

/**
 * Computes the gradients of the fused operation with tfjs operations, which can be differentiated
 * again.
 *
 * With x̂ = (x − mean) / σ: dx = scale / σ · (dy − mean(dy) − x̂ · mean(dy · x̂)).
 */
function composedGradients(
  dy: tf.Tensor,
  x: tf.Tensor,
  scale: tf.Tensor,
  epsilon: number,
): tf.Tensor[] {
  const others = x.shape.slice(0, -1).map((_, axis) => axis);
  const centred = x.sub(x.mean(others, true));
  const inverse = centred.square().mean(others, true).add(epsilon).rsqrt();
  const normalized = centred.mul(inverse);
  const along = dy.mul(normalized);
  const dx = dy.sub(dy.mean(others, true))
    .sub(normalized.mul(along.mean(others, true)))
    .mul(inverse).mul(scale);
  return [dx, along.sum(others), dy.sum(others)];
}

/** The fields of tfjs' BatchNormalization layer that are used here (layers/normalization.js). */
interface Layer extends tf.layers.Layer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma: tf.LayerVariable | null;
  readonly beta: tf.LayerVariable | null;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}

/**
 * Makes tfjs' BatchNormalization layers use the fused operations in training. A layer keeps tfjs'
 * operations if it has no scale or no offset, or if the channels are not its last axis.
 *
 * @returns a function that restores the original method
 */
export function fuseBatchNormalization(): () => void {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const { prototype } = classNameMap["BatchNormalization"][0] as unknown as {
    prototype: Layer;
  };
  const { call } = prototype;
  prototype.call = function (this: Layer, inputs, args) {
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    const lastAxis = this.axis === -1 || this.axis === input.rank - 1;
    const { gamma, beta } = this;
    if (!args["training"] || !lastAxis || !gamma || !beta) {
      return call.call(this, inputs, args);
    }
    return tf.tidy(() => {
      const { output, mean, variance } = normalizeBatch(
        input,
        gamma.read(),
        beta.read(),
        this.epsilon,
      );
      moveTowards(this.movingMean, mean, this.momentum);
      moveTowards(this.movingVariance, variance, this.momentum);
      return output;
    });
  };
  return () => {
    prototype.call = call;
  };
}

function moveTowards(
  average: tf.LayerVariable,
  value: tf.Tensor,
  momentum: number,
): void {
  const before = average.read();
  average.write(before.sub(before.sub(value).mul(1 - momentum)));
}
