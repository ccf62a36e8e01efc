/** What tests need of the engine. */
import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../lib/engine/backend.ts";

/**
 * Computes with native TensorFlow from here on. Where it is missing the test fails, and says so: a
 * test sets nothing up.
 */
export async function useNative(): Promise<void> {
  await startEngine({
    engine: "native",
    provision: () => Promise.resolve({ ok: true, route: "present", message: "" }),
  });
}

/** The body of a test, after which there are as many tensors as before. */
export function withoutLeaks(
  body: () => void | Promise<void>,
): () => Promise<void> {
  return async () => {
    const before = tf.memory().numTensors;
    await body();
    assertEquals(tf.memory().numTensors, before, "tensors were left behind");
  };
}
