/**
 * Replaces each of several groups of tfjs operations with a fused TensorFlow operation. Fused
 * operations round differently in the last bits. A gradient that is itself differentiated still
 * uses tfjs' separate operations.
 */
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fuseGradients } from "./fused/gradients.ts";

/** Calls a function, and makes tfjs use fused operations during the call. */
export function withFusedOperations<T>(
  recorder: UpdateRecorder,
  call: () => T,
): T {
  const takeBack = [
    fuseGradients(),
    fuseBatchNormalization(),
    fuseAdam(recorder),
  ];
  try {
    return call();
  } finally {
    for (const undo of takeBack) undo();
  }
}
