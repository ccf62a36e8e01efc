/**
 * Gives the speed of each engine, in seconds per training step of the default GAN, for use in
 * messages.
 */
import type { EngineName } from "./engine.ts";

/**
 * Seconds per training step, measured on two cores. The native engine was measured by `deno task
 * bench`, the others by single runs. A test compares the native engine's figure with the one in the
 * README.
 */
export const stepSeconds: Readonly<Record<EngineName, number>> = {
  native: 0.02,
  wasm: 0.3,
  cpu: 3,
};

/** Returns an engine's speed in words, such as "15 times slower than native TensorFlow". */
export function slownessOf(engine: EngineName): string {
  const { native, [engine]: seconds } = stepSeconds;
  const times = Math.round(seconds / native);
  return `about ${times} times slower than native TensorFlow (${seconds} s per training step ` +
    `against ${native} s)`;
}
