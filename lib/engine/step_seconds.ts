/** States how fast each engine is, for use in messages. */
import type { EngineName } from "./engine.ts";

/**
 * Seconds per training step of the default GAN on two processor cores. The native engine was
 * measured with `deno task bench`. Each of the other engines was measured in a single run.
 */
export const stepSeconds: Readonly<Record<EngineName, number>> = {
  native: 0.02,
  wasm: 0.3,
  cpu: 3,
};

/**
 * Describes the speed of an engine in words, such as "about 15 times slower than native
 * TensorFlow".
 */
export function slownessOf(engine: EngineName): string {
  const { native, [engine]: seconds } = stepSeconds;
  const times = Math.round(seconds / native);
  return `about ${times} times slower than native TensorFlow (${seconds} s per training step ` +
    `against ${native} s)`;
}
