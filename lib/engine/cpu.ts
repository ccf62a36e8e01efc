/**
 * Starts the tfjs backend that is written in plain JavaScript. It runs everywhere, but it is at
 * least a hundred times slower than native TensorFlow.
 */
import * as tf from "@tensorflow/tfjs";

/** The name of this backend in tfjs. */
export const cpuBackend = "cpu";

/** Switches tfjs to its plain JavaScript backend. */
export async function startCpu(): Promise<void> {
  await tf.setBackend(cpuBackend);
  spendBanner();
}

/**
 * Suppresses the advertisement for tfjs-node that tfjs prints when the first tensor is made. The
 * flag PROD suppresses it, but would also hide later warnings, so the flag is reset at once.
 */
function spendBanner(): void {
  const before = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose();
  tf.env().set("PROD", before);
}
