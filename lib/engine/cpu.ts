/**
 * The engine of last resort: tfjs' backend in plain JavaScript, which runs everywhere, a hundred
 * times slower.
 */
import * as tf from "@tensorflow/tfjs";

/** What tfjs calls this backend. */
export const cpuBackend = "cpu";

/** Makes plain JavaScript tfjs' backend. */
export async function startCpu(): Promise<void> {
  await tf.setBackend(cpuBackend);
  spendBanner();
}

/**
 * The backend's first tensor prints an advertisement for tfjs-node. PROD is the only flag that
 * keeps tfjs quiet, and would hide every later warning too: so it is on for that one tensor only.
 */
function spendBanner(): void {
  const before = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  tf.scalar(0).dispose();
  tf.env().set("PROD", before);
}
