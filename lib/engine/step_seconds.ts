/** The speed of each engine, for messages: seconds per training step of the default GAN. */
import type { EngineName } from "./engine.ts";

/**
 * Measured on two cores: the native engine by `deno task bench`, the others by single runs. A test
 * compares the first figure with the README's.
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
