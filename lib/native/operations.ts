/** Runs TensorFlow operations by name on the native engine. */
import * as tf from "@tensorflow/tfjs";

/** The members of tfjs-node's backend that are missing from the type `KernelBackend`. */
interface NativeBackend {
  readonly binding: Readonly<Record<string, number>>;
  executeMultipleOutputs(
    name: string,
    attributes: OperationAttribute[],
    inputs: tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
}

interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: number | boolean;
}

/**
 * The value of an attribute: a boolean, a number (which is passed as a float), or the name of a
 * data type.
 */
export type AttributeValue = "float32" | "int32" | "bool" | number | boolean;

/**
 * Runs a TensorFlow operation that has one output.
 *
 * @param name TensorFlow's name for the operation, such as `StatelessRandomNormal`
 * @throws {Error} if the engine is not native
 */
export function runOperation(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: tf.Tensor[],
): tf.Tensor {
  return runOperationWithOutputs(name, attributes, inputs, 1)[0];
}

/** Runs a TensorFlow operation that has several outputs; see {@linkcode runOperation}. */
export function runOperationWithOutputs(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  if (tf.getBackend() !== "tensorflow") {
    throw new Error(
      `The operation ${name} needs the native engine; the engine in use is '${tf.getBackend()}'.`,
    );
  }
  const backend = tf.backend() as unknown as NativeBackend;
  const list = Object.entries(attributes).map(([attribute, value]) =>
    encodeAttribute(backend.binding, attribute, value)
  );
  return backend.executeMultipleOutputs(name, list, inputs, outputs);
}

function encodeAttribute(
  binding: NativeBackend["binding"],
  name: string,
  value: AttributeValue,
): OperationAttribute {
  if (typeof value === "boolean") {
    return { name, type: binding.TF_ATTR_BOOL, value };
  }
  if (typeof value === "number") {
    return { name, type: binding.TF_ATTR_FLOAT, value };
  }
  const dataTypes = {
    float32: binding.TF_FLOAT,
    int32: binding.TF_INT32,
    bool: binding.TF_BOOL,
  };
  return { name, type: binding.TF_ATTR_TYPE, value: dataTypes[value] };
}
