/**
 * Replaces groups of tfjs operations with fused TensorFlow operations. The results of a fused
 * operation differ from the results of the separate operations in the last bits.
 */
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fuseGradients } from "./fused/gradients.ts";

/** Runs a call. During the call, tfjs uses fused operations. */
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
