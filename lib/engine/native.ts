/**
 * Loads native TensorFlow (the package tfjs-node) once its library is installed (see provision.ts).
 */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs";
import {
  type Parallelism,
  setThreads,
  type ThreadSettings,
  threadSettings,
} from "../native/threads.ts";

/** tfjs' name for the native backend. */
export const nativeBackendName = "tensorflow";

/**
 * The settings with which this process loaded TensorFlow. Later changes of the environment have no
 * effect.
 */
let settings: ThreadSettings | undefined;

/**
 * Loads tfjs-node and makes it the backend of tfjs.
 *
 * @param parallelism how to use threads, unless the process has loaded it before
 * @throws {Error} when its native files are missing or do not fit
 */
export async function startNative(
  parallelism: Parallelism = "within-operations",
): Promise<void> {
  restoreIsNullOrUndefined();
  if (!settings) setThreads(parallelism);
  // From here on TensorFlow logs to standard error. 3 keeps only fatal errors, unless the user set
  // another level.
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

/** Returns the versions of tfjs-node and of the loaded TensorFlow library, such as 2.19.1. */
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
 * Restores a function of node:util that tfjs-node 4.22 calls and current versions no longer have.
 * An imported module cannot be changed, but `require` returns the object that tfjs-node will see.
 */
function restoreIsNullOrUndefined(): void {
  const util: { isNullOrUndefined?: (value: unknown) => boolean } = createRequire(import.meta.url)(
    "node:util",
  );
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
}
