/** Gradients of activations as one TensorFlow operation each, where tfjs composes them of several. */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../operations.ts";

/*
 * From the output, not the input, which has the same sign: what stands before the activation is then used by it alone, and
 * TensorFlow joins the two.
 */

/** LeakyReLU: dy where y > 0, else alpha · dy. */
const leakyRelu: tf.GradConfig = {
  kernelName: tf.LeakyRelu,
  outputsToSave: [true],
  gradFunc: (dy, [y], attributes) => {
    const alpha = Number(attributes.alpha);
    return {
      x: () =>
        runOperation("LeakyReluGrad", { T: "float32", alpha }, [
          dy as tf.Tensor,
          y,
        ]),
    };
  },
};

/** ReLU: dy where y > 0. */
const relu: tf.GradConfig = {
  kernelName: tf.Relu,
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({
    x: () => runOperation("ReluGrad", { T: "float32" }, [dy as tf.Tensor, y]),
  }),
};

/** The gradients that are replaced, by the name of tfjs' kernel. */
export const fusedGradients: readonly tf.GradConfig[] = [leakyRelu, relu];
