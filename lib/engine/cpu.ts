/**
 * The engine of last resort: tfjs' backend in plain JavaScript, which runs everywhere but is a
 * hundred times slower or more.
 */
import * as tf from "@tensorflow/tfjs";

/** Name of this backend in tfjs. */
export const cpuBackend = "cpu";

/** Makes plain JavaScript the backend of tfjs. */
export async function startCpu(): Promise<void> {
  await tf.setBackend(cpuBackend);
  spendBanner();
}

/**
 * Suppresses the advertisement for tfjs-node that the backend prints with its first tensor. Only
 * the flag PROD silences tfjs, and it would hide every later warning too, so it is set for that one
 * tensor only.
 */
function spendBanner(): void {
  const before = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose();
  tf.env().set("PROD", before);
}
