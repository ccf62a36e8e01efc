/**
 * Fused operations: what tfjs composes of many operations, as the one that TensorFlow has for it.
 * They round differently than their parts do, in the last bits. A gradient that is to be
 * differentiated itself is composed, as tfjs composes it.
 */
import { fuseAdam, type UpdateRecorder } from "./fused/adam.ts";
import { fuseBatchNormalization } from "./fused/batch_normalization.ts";
import { fuseGradients } from "./fused/gradients.ts";

/** Calls a function in which tfjs uses fused operations. */
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
