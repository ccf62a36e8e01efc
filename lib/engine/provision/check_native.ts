/**
 * Tests the native engine by computing a matrix product. After an installation, this script runs in
 * a child process.
 */
import * as tf from "@tensorflow/tfjs";
import { startNative } from "../native.ts";

await startNative();
const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
if (product.join() !== "19,22,43,50") {
  throw new Error(`Wanted 19,22,43,50, found ${product.join()}`);
}
