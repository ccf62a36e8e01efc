/** The speed of each engine, for messages. */
import type { EngineName } from "./engine.ts";

/**
 * Seconds per training step of the default GAN on two cores. The native figure is from `deno task
 * bench`; each other figure is from a single run.
 */
export const stepSeconds: Readonly<Record<EngineName, number>> = {
  native: 0.02,
  wasm: 0.3,
  cpu: 3,
};

/** Describes an engine's speed, such as "about 15 times slower than native TensorFlow". */
export function slownessOf(engine: EngineName): string {
  const { native, [engine]: seconds } = stepSeconds;
  const times = Math.round(seconds / native);
  return `about ${times} times slower than native TensorFlow (${seconds} s per training step ` +
    `against ${native} s)`;
}
