import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../lib/engine/backend.ts";
import { nativeBackend } from "../../lib/native/native_backend.ts";

/**
 * Switches to native TensorFlow. The test fails if native TensorFlow is missing, because tests
 * never install it.
 */
export async function useNative(): Promise<void> {
  await startEngine({
    engine: "native",
    provision: () => Promise.resolve({ ok: true, route: "present", message: "" }),
  });
}

/** Returns the number of graphs that native TensorFlow has loaded and not yet freed. */
export function countGraphs(): number {
  return nativeBackend().binding.getNumOfSavedModels();
}

/** Returns a test function that runs `body` and fails if `body` leaks tensors. */
export function withoutLeaks(
  body: () => void | Promise<void>,
): () => Promise<void> {
  return async () => {
    const before = tf.memory().numTensors;
    await body();
    assertEquals(tf.memory().numTensors, before, "tensors were left behind");
  };
}
