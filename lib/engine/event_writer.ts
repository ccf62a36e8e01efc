/** Writes TensorBoard event files with tfjs-node, so only the native engine can do it. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  /** Adds one number to the curve `name`. */
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens an event file in `folder`. Returns undefined if the engine cannot write event files.
 *
 * For each folder, tfjs-node keeps one writer, which is a tensor, until the process ends.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening a writer creates four scalars that the scope frees. The writer's own handle must
  // outlive the scope.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
