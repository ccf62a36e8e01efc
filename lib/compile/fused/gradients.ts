/**
 * Computes gradients of activations with one TensorFlow operation each, where tfjs uses several.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../native/operations.ts";
import { isDifferentiated } from "./differentiated.ts";

/*
 * The gradients below are computed from the output, which has the same sign as the input. So
 * nothing but the activation uses the input, and TensorFlow can fuse the activation with the
 * operation before it.
 */

/**
 * LeakyReLU: dy where y > 0, else alpha · dy. This does not work for a negative alpha, because y is
 * then positive on both sides of zero.
 */
const leakyRelu: FusedGradient = {
  kernelName: tf.LeakyRelu,
  gradient: (dy, y, { alpha }) =>
    Number(alpha) >= 0
      ? runOperation("LeakyReluGrad", { T: "float32", alpha: Number(alpha) }, [
        dy,
        y,
      ])
      : undefined,
  differentiable: (dy, x, { alpha }) => dy.mul(tf.step(x, Number(alpha))),
};

/** ReLU: dy where y > 0. */
const relu: FusedGradient = {
  kernelName: tf.Relu,
  gradient: (dy, y) => runOperation("ReluGrad", { T: "float32" }, [dy, y]),
};

interface FusedGradient {
  readonly kernelName: string;
  /**
   * Returns the gradient with respect to the input, computed from that of the output and from
   * the output; undefined if this form does not apply.
   */
  gradient(
    dy: tf.Tensor,
    y: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor | undefined;
  /**
   * Computes the same gradient from the input `x`, with differentiable tfjs operations. It is
   * missing if tfjs' own gradient already consists of such operations.
   */
  differentiable?(
    dy: tf.Tensor,
    x: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor;
}

/**
 * Replaces tfjs' gradients of activations. A gradient that is itself differentiated uses tfjs
 * operations, because TensorFlow's operation is not recorded on tfjs' tape.
 *
 * @returns a function that restores the original gradients
 */
export function fuseGradients(): () => void {
  const takeBack = [leakyRelu, relu].map(replaceGradient);
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
      const own = () => gradFunc(dy, [x], attributes);
      const gradientOf = dy as tf.Tensor;
      if (!isDifferentiated()) {
        const fused = gradient(gradientOf, y, attributes);
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
