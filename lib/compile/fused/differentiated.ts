/** Detects when the gradient of a gradient is being computed. */
import * as tf from "@tensorflow/tfjs";

/**
 * The part of tfjs' engine (engine.js) that counts the nested gradients whose tapes are running.
 */
interface EngineState {
  readonly state: { readonly gradientDepth: number };
}

/**
 * Returns whether the gradient that is being computed will itself be differentiated. The tape of
 * this gradient has already ended. So any tape that is still running must belong to an outer
 * gradient.
 */
export function isDifferentiated(): boolean {
  return (tf.engine() as unknown as EngineState).state.gradientDepth > 0;
}
