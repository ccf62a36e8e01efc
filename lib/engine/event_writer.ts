/** Writes TensorBoard event files. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens a TensorBoard event file in `folder`. Returns undefined if the engine is not native.
 *
 * tfjs-node keeps one writer per folder until the process ends. Each writer keeps one tensor, its
 * handle, in memory.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening a writer creates four scalar tensors, which `tidy` frees. But `tidy` must not free the
  // writer's handle.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
