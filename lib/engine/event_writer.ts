/** TensorBoard event files, which tfjs-node writes: only the native engine has them. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  /** Adds one number of the curve `name`. */
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/**
 * Opens an event file in `folder`, or returns undefined where the engine cannot write any.
 *
 * tfjs-node keeps a writer, one tensor, for each folder for as long as the process lives.
 */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  let writer: EventWriter | undefined;
  // Opening leaves four scalars behind, which the scope frees; the writer's own handle has to
  // outlive it.
  tf.tidy(() => {
    writer = node.summaryFileWriter(folder);
    tf.keep(
      (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle,
    );
  });
  return writer;
}
