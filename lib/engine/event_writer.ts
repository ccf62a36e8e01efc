/** TensorBoard event files, which tfjs-node writes: only the native engine has them. */
import * as tf from "@tensorflow/tfjs";

export interface EventWriter {
  /** Adds one number of the curve `name`. */
  scalar(name: string, value: number, step: number): void;
  flush(): void;
}

/** Opens an event file in `folder`, or returns undefined where the engine cannot write any. */
export async function openEventWriter(
  folder: string,
): Promise<EventWriter | undefined> {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const { node } = await import("@tensorflow/tfjs-node");
  return node.summaryFileWriter(folder);
}
