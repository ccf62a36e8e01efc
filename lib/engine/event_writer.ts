/** Writes TensorBoard event files with tfjs-node, which only the native engine provides. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  /** Adds one number to the curve `name`. */
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens an event file in `folder`. Returns undefined if the engine cannot write any.
 *
 * tfjs-node keeps one writer, a tensor, for each folder until the process ends.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening leaves four scalars behind, which the scope frees. The writer's own handle must outlive
  // it.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
