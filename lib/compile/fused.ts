/**
 * Replaces groups of tfjs operations, each by one fused TensorFlow operation. Fused operations
 * round differently in the last bits. A gradient that is itself differentiated still uses tfjs'
 * separate operations.
 */
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fuseGradients } from "./fused/gradients.ts";

/** Calls a function while tfjs uses fused operations. */
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
