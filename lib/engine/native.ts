/** Native TensorFlow: loads the package tfjs-node, once its library is in place (see provision.ts). */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";

/**
 * Loads tfjs-node and makes it tfjs' backend.
 *
 * @throws {Error} when its native files are missing or don't fit
 */
export async function loadNative(): Promise<void> {
  restoreIsNullOrUndefined();
  // TensorFlow logs to the process's standard error from here on; 3 leaves fatal errors only. The user's choice stands.
  if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) {
    Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  }
  await import("@tensorflow/tfjs-node");
  await tf.ready();
}

/** Version of the TensorFlow library that is loaded, such as 2.19.1. */
export function nativeVersion(): string {
  return (tf.backend() as unknown as { binding: { TF_Version: string } })
    .binding.TF_Version;
}

/** tfjs-node 4.22 calls this function of node:util, which current versions no longer have. */
function restoreIsNullOrUndefined(): void {
  const util: Record<string, unknown> = createRequire(import.meta.url)(
    "node:util",
  );
  util.isNullOrUndefined ??= (value: unknown) =>
    value === null || value === undefined;
}
