/**
 * Tests the native engine by computing a matrix product. After an installation, this script runs in
 * a child process.
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { startNative } from "../native.ts";

/**
 * The path of this script. Other modules import the path instead of resolving the script's name,
 * because the packed form of the project contains only modules that are imported.
 */
export const checkScript: string = fileURLToPath(import.meta.url);

if (import.meta.main) {
  await startNative();
  const product = tf.matMul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).dataSync();
  if (product.join() !== "19,22,43,50") {
    throw new Error(`Wanted 19,22,43,50, found ${product.join()}`);
  }
}
