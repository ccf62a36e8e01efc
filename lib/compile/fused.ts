/**
 * Replaces groups of tfjs operations with fused TensorFlow operations, which round differently in
 * the last bits.
 */
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fuseGradients } from "./fused/gradients.ts";

/** Makes tfjs use fused operations during a call. */
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
