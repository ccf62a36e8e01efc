/** Writes TensorBoard event files. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens an event file in `folder`; undefined unless the engine is native.
 *
 * tfjs-node keeps one writer per folder, and the writer keeps a tensor, until the process ends.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening a writer creates four scalars, which `tidy` frees. The writer's handle must survive.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
