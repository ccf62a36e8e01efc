/** Writes TensorBoard event files. This needs the native engine, because it uses tfjs-node. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  /** Adds one number to the curve `name`. */
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens an event file in `folder`. Returns undefined if the engine cannot write event files.
 *
 * For each folder, tfjs-node keeps one writer until the process ends. The writer holds a tensor.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening a writer creates four scalars, which `tidy` frees. The writer's own handle must not be
  // freed.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
