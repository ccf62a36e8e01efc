/** Gradients of gradients. */
import * as tf from "@tensorflow/tfjs";

/** How many gradients tfjs' engine is in the middle of (engine.js). */
interface EngineState {
  readonly state: { readonly gradientDepth: number };
}

/**
 * Whether the gradient that is being computed is to be differentiated itself. A gradient is
 * computed once its own tape has ended; a tape that still runs is that of another gradient around
 * it.
 */
export function isDifferentiated(): boolean {
  return (tf.engine() as unknown as EngineState).state.gradientDepth > 0;
}
