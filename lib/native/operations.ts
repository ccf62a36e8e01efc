/**
 * Runs individual TensorFlow operations by name, including those for which tfjs has no function.
 * Requires the native engine.
 */
import * as tf from "@tensorflow/tfjs";

/** The members of tfjs-node's backend that this file uses and that tfjs' `KernelBackend` lacks. */
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

/** The value of an attribute: the tfjs name of a data type, a number (float), or a boolean. */
export type AttributeValue = "float32" | "int32" | "bool" | number | boolean;

/**
 * Runs a TensorFlow operation with one output.
 *
 * @param name TensorFlow's name for the operation, e.g. `StatelessRandomNormal`
 * @param attributes its attributes
 * @param inputs its inputs
 * @throws {Error} when the native engine is not in use
 */
export function runOperation(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: tf.Tensor[],
): tf.Tensor {
  return runOperationWithOutputs(name, attributes, inputs, 1)[0];
}

/**
 * Runs a TensorFlow operation with several outputs; otherwise like {@linkcode runOperation}.
 *
 * @param outputs the number of outputs that the operation has
 */
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
