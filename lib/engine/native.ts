/**
 * Native TensorFlow: loads the package tfjs-node, once its library is in place (see provision.ts).
 */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import {
  type Parallelism,
  setThreads,
  type ThreadSettings,
  threadSettings,
} from "../native/threads.ts";

/** What tfjs calls the native backend. */
export const nativeBackend = "tensorflow";

/**
 * The settings with which this process has loaded TensorFlow; later changes of the environment are
 * not heeded.
 */
let settings: ThreadSettings | undefined;

/**
 * Loads tfjs-node and makes it tfjs' backend.
 *
 * @param parallelism how it uses its threads, unless the process has loaded it before
 * @throws {Error} when its native files are missing or don't fit
 */
export async function startNative(
  parallelism: Parallelism = "within-operations",
): Promise<void> {
  restoreIsNullOrUndefined();
  if (!settings) setThreads(parallelism);
  // TensorFlow logs to the process's standard error from here on; 3 leaves fatal errors only. The
  // user's choice stands.
  if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) {
    Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  }
  settings ??= threadSettings();
  await import("@tensorflow/tfjs-node");
  await tf.setBackend(nativeBackend);
}

/** How many threads TensorFlow has in this process. */
export function nativeThreads(): ThreadSettings {
  return settings ?? threadSettings();
}

/** Versions of tfjs-node and of the TensorFlow library that is loaded, such as 2.19.1. */
export function nativeVersions(): {
  readonly "tfjs-node": string;
  readonly tensorflow: string;
} {
  const backend = tf.findBackend(nativeBackend) as unknown as {
    readonly binding: { readonly TF_Version: string };
  };
  const manifest: { readonly version: string } = createRequire(import.meta.url)(
    "@tensorflow/tfjs-node/package.json",
  );
  return {
    "tfjs-node": manifest.version,
    tensorflow: backend.binding.TF_Version,
  };
}

/**
 * tfjs-node 4.22 calls this function of node:util, which current versions no longer have. What an
 * `import` of the module yields could not be changed; `require` hands out the object that tfjs-node
 * will see.
 */
function restoreIsNullOrUndefined(): void {
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = createRequire(import.meta.url)(
    "node:util",
  );
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
