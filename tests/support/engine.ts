import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../lib/engine/backend.ts";

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
