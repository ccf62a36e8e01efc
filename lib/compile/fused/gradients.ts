/**
 * Replaces tfjs' gradients of activations and of clipping with gradients that need fewer
 * operations. The gradient of an activation takes one TensorFlow operation, and that of clipping
 * takes three. In this file, x is the input of an operation, y is its output, and dy is the
 * gradient with respect to y.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../native/operations.ts";
import { isDifferentiated } from "./differentiated.ts";

/*
 * The gradients of ReLU and LeakyReLU are computed from the output, which has the same sign as the
 * input. Then only the activation reads the input, and TensorFlow can fuse the activation with the
 * operation before it.
 */

/**
 * The gradient is dy where y > 0, and alpha · dy elsewhere. The fused form does not apply if alpha
 * is negative, because y is then positive for negative inputs.
 */
const leakyRelu: FusedGradient = {
  kernelName: tf.LeakyRelu,
  gradient: (dy, [, y], { alpha }) =>
    Number(alpha) >= 0
      ? runOperation("LeakyReluGrad", { T: "float32", alpha: Number(alpha) }, [
        dy,
        y,
      ])
      : undefined,
  differentiable: (dy, x, { alpha }) => dy.mul(tf.step(x, Number(alpha))),
};

/** The gradient is dy where y > 0, and 0 elsewhere. */
const relu: FusedGradient = {
  kernelName: tf.Relu,
  gradient: (dy, [, y]) => runOperation("ReluGrad", { T: "float32" }, [dy, y]),
};

/**
 * The gradient is dy where clipping leaves the input unchanged, and 0 elsewhere. The result is
 * bit-for-bit identical to that of tfjs. Recurrent layers use clipping in each gate, because the
 * default activation of their gates is hardSigmoid.
 *
 * tfjs cannot differentiate its own gradient again, because its comparisons have no gradient. The
 * gradient of tf.step is zero.
 */
const clip: FusedGradient = {
  kernelName: tf.ClipByValue,
  // All gradients of one shape share the zeros, because the graph merges equal operations.
  gradient: (dy, [x, y]) => tf.where(x.equal(y), dy, tf.fill(dy.shape, 0)),
  differentiable: (dy, x, { clipValueMin, clipValueMax }) => {
    const isBelow = tf.step(tf.sub(Number(clipValueMin), x));
    const isAbove = tf.step(x.sub(Number(clipValueMax)));
    return dy.mul(tf.sub(1, isBelow).sub(isAbove));
  },
};

/**
 * The gradient of the hyperbolic tangent is dy · (1 − y²). It has the same bits as in tfjs. If this
 * gradient is differentiated, then tfjs takes y for a constant. In that case y is computed again.
 */
const tanh: FusedGradient = {
  kernelName: tf.Tanh,
  gradient: (dy, [, y]) => runOperation("TanhGrad", { T: "float32" }, [y, dy]),
  differentiable: (dy, x) => dy.mul(tf.sub(1, tf.tanh(x).square())),
};

interface FusedGradient {
  readonly kernelName: string;
  /** Returns the gradient with respect to `x`, or undefined if the fused form does not apply. */
  gradient(
    dy: tf.Tensor,
    xAndY: readonly [x: tf.Tensor, y: tf.Tensor],
    attributes: tf.NamedAttrMap,
  ): tf.Tensor | undefined;
  /**
   * Computes the same gradient with operations that can be differentiated. This function is missing
   * if tfjs' own gradient can already be differentiated.
   */
  differentiable?(
    dy: tf.Tensor,
    x: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor;
}

/**
 * Replaces tfjs' gradients of activations and of clipping. Inside another gradient, tfjs'
 * operations are still used, because tfjs' tape does not record TensorFlow's operations.
 *
 * @returns a function that restores the original gradients
 */
export function fuseGradients(): () => void {
  const takeBack = [leakyRelu, relu, clip, tanh].map(replaceGradient);
  return () => {
    for (const undo of takeBack) undo();
  };
}

function replaceGradient(
  { kernelName, gradient, differentiable }: FusedGradient,
): () => void {
  const registered = tf.getGradient(kernelName);
  const { inputsToSave, outputsToSave, gradFunc } = registered;
  const replacement: tf.GradConfig = {
    kernelName,
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => {
      const saved = [...(inputsToSave ? [x] : []), ...(outputsToSave?.[0] ? [y] : [])];
      const own = () => gradFunc(dy, saved, attributes);
      const gradientOf = dy as tf.Tensor;
      if (!isDifferentiated()) {
        const fused = gradient(gradientOf, [x, y], attributes);
        return fused ? { x: () => fused } : own();
      }
      if (!differentiable) return own();
      return { x: () => differentiable(gradientOf, x, attributes) };
    },
  };
  Object.assign(registered, replacement);
  return () => {
    Object.assign(registered, { inputsToSave, outputsToSave, gradFunc });
  };
}
