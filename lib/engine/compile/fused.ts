/**
 * Fused operations: what tfjs composes of many operations, as the one that TensorFlow has for it. They round differently
 * than their parts do, in the last bits.
 */
import * as tf from "@tensorflow/tfjs";
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fusedGradients } from "./fused/gradients.ts";

/** Calls a function in which tfjs uses fused operations. */
export function withFusedOperations<T>(
  recorder: UpdateRecorder,
  call: () => T,
): T {
  const takeBack = [
    ...fusedGradients.map(replaceGradient),
    fuseBatchNormalization(),
    fuseAdam(recorder),
  ];
  try {
    return call();
  } finally {
    for (const undo of takeBack) undo();
  }
}

function replaceGradient(config: tf.GradConfig): () => void {
  const registered = tf.getGradient(config.kernelName);
  const { inputsToSave, outputsToSave, gradFunc } = registered;
  Object.assign(registered, { inputsToSave: [], outputsToSave: [] }, config);
  return () => {
    Object.assign(registered, { inputsToSave, outputsToSave, gradFunc });
  };
}
