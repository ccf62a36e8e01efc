/**
 * Computes the gradient of an activation with one TensorFlow operation, and of clipping with three.
 * tfjs needs more operations.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../native/operations.ts";
import { isDifferentiated } from "./differentiated.ts";

/*
 * The gradients of ReLU and LeakyReLU use the output, which has the same sign as the input. Nothing
 * else then reads the input, and TensorFlow can fuse the activation with the operation before it.
 */

/**
 * The gradient is dy where y > 0, alpha · dy elsewhere. A negative alpha is excluded: it makes y
 * positive for negative inputs.
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

/** The gradient is dy where y > 0, 0 elsewhere. */
const relu: FusedGradient = {
  kernelName: tf.Relu,
  gradient: (dy, [, y]) => runOperation("ReluGrad", { T: "float32" }, [dy, y]),
};

/**
 * The gradient is dy where clipping leaves the input unchanged, 0 elsewhere. The bits are the same
 * as in tfjs. hardSigmoid clips in each gate of a recurrent layer.
 */
const clip: FusedGradient = {
  kernelName: tf.ClipByValue,
  // All gradients of one shape share the zeros, because the graph merges equal operations.
  gradient: (dy, [x, y]) => tf.where(x.equal(y), dy, tf.fill(dy.shape, 0)),
};

/** The gradient of the hyperbolic tangent is dy · (1 − y²). It has the same bits as in tfjs. */
const tanh: FusedGradient = {
  kernelName: tf.Tanh,
  gradient: (dy, [, y]) => runOperation("TanhGrad", { T: "float32" }, [y, dy]),
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
   * Computes the same gradient with differentiable operations; missing if tfjs' own gradient
   * already is differentiable.
   */
  differentiable?(
    dy: tf.Tensor,
    x: tf.Tensor,
    attributes: tf.NamedAttrMap,
  ): tf.Tensor;
}

/**
 * Replaces tfjs' gradients of activations. Inside another gradient, tfjs operations are used: tfjs'
 * tape does not record TensorFlow's operations.
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
