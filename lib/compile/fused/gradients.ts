/**
 * Gradients of activations as one TensorFlow operation each, where tfjs composes them of several.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../native/operations.ts";
import { isDifferentiated } from "./differentiated.ts";

/*
 * From the output, not the input, which has the same sign: what stands before the activation is
 * then used by it alone, and TensorFlow joins the two.
 */

/** LeakyReLU: dy where y > 0, else alpha · dy. With a negative alpha y > 0 on both sides. */
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
   * The gradient in the input, from that in the output and from the output; undefined where it has
   * none.
   */
  gradient(
    dy: tf.Tensor,
    y: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor | undefined;
  /**
   * The same from the input, of operations that tfjs has gradients of; undefined where tfjs' own is
   * of such.
   */
  differentiable?(
    dy: tf.Tensor,
    x: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor;
}

/**
 * Replaces tfjs' gradients of activations. One that is to be differentiated itself is composed:
 * TensorFlow's operation leaves no trace on tfjs' tape.
 *
 * @returns takes it back
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
