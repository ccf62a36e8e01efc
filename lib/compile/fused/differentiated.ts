/** Detects gradients of gradients. */
import * as tf from "@tensorflow/tfjs";

/** The number of gradients that tfjs' engine is currently computing (engine.js). */
interface EngineState {
  readonly state: { readonly gradientDepth: number };
}

/**
 * Returns whether the current gradient will itself be differentiated. A gradient's own tape has
 * already ended, so a tape that is still running belongs to an outer gradient.
 */
export function isDifferentiated(): boolean {
  return (tf.engine() as unknown as EngineState).state.gradientDepth > 0;
}
