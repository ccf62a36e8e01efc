/**
 * Starts the engine of last resort: tfjs' backend in plain JavaScript. It runs everywhere but is at
 * least a hundred times slower than native TensorFlow.
 */
import * as tf from "@tensorflow/tfjs";

/** Name of this backend in tfjs. */
export const cpuBackend = "cpu";

/** Switches tfjs to its plain JavaScript backend. */
export async function startCpu(): Promise<void> {
  await tf.setBackend(cpuBackend);
  spendBanner();
}

/**
 * Suppresses the advertisement for tfjs-node that the backend prints when it creates its first
 * tensor. Only the flag PROD silences tfjs. If it stayed set, it would also hide every later
 * warning, so it is set only while that tensor is created.
 */
function spendBanner(): void {
  const before = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose();
  tf.env().set("PROD", before);
}
