/**
 * Loads native TensorFlow through the package tfjs-node. provision.ts installs the native files.
 */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import {
  type Parallelism,
  setThreads,
  type ThreadSettings,
  threadSettings,
  useCallingThread,
} from "../native/threads.ts";

/** The name of the native backend in tfjs. */
export const nativeBackendName = "tensorflow";

/**
 * The thread settings with which TensorFlow was loaded, or undefined before it is loaded. Once
 * TensorFlow is loaded, changes to its environment variables have no effect.
 */
let settings: ThreadSettings | undefined;

/**
 * Loads tfjs-node and makes it the backend of tfjs.
 *
 * @param parallelism how TensorFlow uses threads; ignored if TensorFlow is already loaded
 * @throws {Error} if the native files are missing or incompatible
 */
export async function startNative(
  parallelism: Parallelism = "within-operations",
): Promise<void> {
  restoreIsNullOrUndefined();
  if (!settings) setThreads(parallelism);
  useCallingThread();
  // TensorFlow logs to standard error once it is loaded. Level 3 lets only fatal errors through. A
  // level set by the user takes precedence.
  if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) {
    Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
  }
  settings ??= threadSettings();
  await import("@tensorflow/tfjs-node");
  await tf.setBackend(nativeBackendName);
}

/** Returns TensorFlow's thread settings in this process. */
export function nativeThreads(): ThreadSettings {
  return settings ?? threadSettings();
}

/** Returns the versions of tfjs-node and of TensorFlow, such as 2.19.1. */
export function nativeVersions(): {
  readonly "tfjs-node": string;
  readonly tensorflow: string;
} {
  const backend = tf.findBackend(nativeBackendName) as unknown as {
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
 * Restores the function isNullOrUndefined of node:util, which tfjs-node 4.22 calls but Node has
 * removed. The function is added to the object that `require` returns, because an imported module
 * cannot be changed.
 */
function restoreIsNullOrUndefined(): void {
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = createRequire(import.meta.url)(
    "node:util",
  );
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
