/**
 * Starts tfjs' backend in plain JavaScript. It runs everywhere, at least a hundred times slower
 * than native TensorFlow.
 */
import * as tf from "@tensorflow/tfjs";

/** The backend's name in tfjs. */
export const cpuBackend = "cpu";

/** Switches tfjs to its plain JavaScript backend. */
export async function startCpu(): Promise<void> {
  await tf.setBackend(cpuBackend);
  spendBanner();
}

/**
 * Suppresses the advertisement for tfjs-node that tfjs prints with its first tensor. The flag PROD
 * would also hide later warnings and is reset at once.
 */
function spendBanner(): void {
  const before = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose();
  tf.env().set("PROD", before);
}
