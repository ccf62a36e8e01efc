/**
 * Single TensorFlow operations by name, for what tfjs has no function for. Only where the native engine runs.
 */
import * as tf from "@tensorflow/tfjs";

/** What tfjs-node's backend offers beyond tfjs' common interface: the part used here. */
interface NativeBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeSingleOutput(
    name: string,
    attributes: OperationAttribute[],
    inputs: tf.Tensor[],
  ): tf.Tensor;
}

interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/** The value of an attribute: a data type by its name in tfjs, or a boolean. */
export type AttributeValue = "float32" | "int32" | "bool" | boolean;

/**
 * Runs a TensorFlow operation with one output.
 *
 * @param name TensorFlow's name of the operation, e.g. `StatelessRandomNormal`
 * @param attributes its attributes
 * @param inputs its inputs
 * @throws {Error} when the native engine is not the one in use
 */
export function runOperation(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: tf.Tensor[],
): tf.Tensor {
  if (tf.getBackend() !== "tensorflow") {
    throw new Error(
      `The operation ${name} needs the native engine; the engine in use is '${tf.getBackend()}'.`,
    );
  }
  const backend = tf.backend() as unknown as NativeBackend;
  const { binding } = backend;
  const dataTypes = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    bool: binding.TF_BOOL,
  };
  const list = Object.entries(attributes).map((
    [attribute, value],
  ): OperationAttribute =>
    typeof value === "boolean"
      ? { name: attribute, type: binding.TF_ATTR_BOOL, value }
      : { name: attribute, type: binding.TF_ATTR_TYPE, value: dataTypes[value] }
  );
  return backend.executeSingleOutput(name, list, inputs);
}
