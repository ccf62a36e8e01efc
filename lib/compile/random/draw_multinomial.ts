/**
 * Draws the numbers of tf.multinomial with TensorFlow's operation `StatelessMultinomial`. Its
 * numbers depend only on a key, whereas those of tfjs-node's kernel depend on a hidden state.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../../native/operations.ts";
import { replaceMethod } from "../replace_method.ts";
import type { Draws } from "./draws.ts";

/**
 * Replaces tfjs-node's kernel.
 *
 * @returns a function that restores the original kernel
 */
export function replaceMultinomial(draws: Draws): () => void {
  const kernel = tf.getKernel(tf.Multinomial, "tensorflow");
  return replaceMethod(kernel, "kernelFunc", (original) => (args) => {
    const { numSamples, normalized } = args.attrs as unknown as tf.MultinomialAttrs;
    // tfjs-node refuses normalized inputs.
    if (normalized) return original(args);
    const { logits } = args.inputs as { logits: tf.Tensor };
    return tf.tidy(() => {
      const T = logits.dtype as "float32" | "int32";
      const types = { T, output_dtype: "int32", Tseed: "int32" } as const;
      const count = tf.scalar(numSamples, "int32");
      return runOperation("StatelessMultinomial", types, [logits, count, draws.nextKey()]);
    });
  });
}
