/**
 * Encodes TensorFlow graphs in the SavedModel file format, which TensorFlow can load. The field
 * numbers come from tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto
 * and tensorflow/core/protobuf/{meta_graph,saved_model}.proto.
 */
import { encodeFields, type MessageWriter } from "./protobuf.ts";

/** TensorFlow's numeric codes for tfjs' data types. */
export const dataTypes = {
  float32: 1,
  int32: 3,
  string: 7,
  complex64: 8,
  bool: 10,
} as const;

/**
 * A constant tensor in a graph. If `values` has a single value, then all elements of the tensor
 * have this value.
 */
export interface Constant {
  readonly dataType: number;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** The value of an operation's attribute. */
export type Attribute =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "int" | "float" | "type"; readonly value: number }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "shape"; readonly value: readonly number[] }
  | { readonly kind: "unknownShape"; readonly value?: undefined }
  | {
    readonly kind: "ints" | "floats" | "types";
    readonly value: readonly number[];
  }
  | { readonly kind: "bools"; readonly value: readonly boolean[] }
  | { readonly kind: "tensor"; readonly value: Constant };

/** An operation in a graph. */
export interface GraphNode {
  readonly name: string;
  readonly operation: string;
  /**
   * The names of the input tensors, in the form `node` or `node:output`. They are followed by the
   * names of the nodes that must run before this node, in the form `^node`.
   */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor that is an input or output of a signature. */
export interface TensorReference {
  /** The tensor's name, in the form `node:output`. */
  readonly tensor: string;
  readonly dataType: number;
  readonly shape: readonly number[];
}

/**
 * The inputs and outputs of a function in a saved model. TensorFlow Serving and Python can call
 * such a function.
 */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorReference>>;
  readonly outputs: Readonly<Record<string, TensorReference>>;
}

/** The GraphDef version of TensorFlow 2.9, the oldest supported release. */
const PRODUCER = 1087;

/**
 * Returns the bytes of a saved_model.pb file, which contains the graph under the tag `serve`.
 *
 * @param initializer the name of a node that runs once, after the file has been loaded
 */
export function encodeSavedModel(
  nodes: readonly GraphNode[],
  signatures: Readonly<Record<string, Signature>> = {},
  initializer?: string,
): Uint8Array<ArrayBuffer> {
  return encodeFields((savedModel) => {
    savedModel.varint(1, 1);
    savedModel.message(2, (metaGraph) => {
      metaGraph.message(1, (about) => about.bytes(4, "serve"));
      metaGraph.message(2, (graph) => {
        for (const node of nodes) graph.message(1, (message) => writeNode(message, node));
        graph.message(4, (versions) => versions.varint(1, PRODUCER));
      });
      for (const [key, signature] of Object.entries(signatures)) {
        metaGraph.entry(5, key, (message) => writeSignature(message, signature));
      }
      if (initializer) {
        metaGraph.entry(
          5,
          INITIALIZER,
          (signature) => signature.entry(2, INITIALIZER, (tensor) => tensor.bytes(1, initializer)),
        );
      }
    });
  });
}

/** The name under which TensorFlow looks for the node that initializes a saved model. */
const INITIALIZER = "__saved_model_init_op";

function writeNode(
  message: MessageWriter,
  { name, operation, inputs, attributes }: GraphNode,
): void {
  message.bytes(1, name);
  message.bytes(2, operation);
  for (const input of inputs) message.bytes(3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    message.entry(5, key, (value) => writeAttribute(value, attribute));
  }
}

function writeAttribute(message: MessageWriter, attribute: Attribute): void {
  switch (attribute.kind) {
    case "string":
      return message.bytes(2, attribute.value);
    case "int":
      return message.varint(3, attribute.value);
    case "float":
      return message.float(4, attribute.value);
    case "bool":
      return message.varint(5, attribute.value);
    case "type":
      return message.varint(6, attribute.value);
    case "shape":
      return message.message(7, (shape) => writeShape(shape, attribute.value));
    case "unknownShape":
      return message.message(7, (shape) => shape.varint(3, true));
    case "tensor":
      return message.message(8, (tensor) => writeConstant(tensor, attribute.value));
    case "ints":
      return message.message(
        1,
        (list) => attribute.value.forEach((value) => list.varint(3, value)),
      );
    case "floats":
      return message.message(1, (list) => attribute.value.forEach((value) => list.float(4, value)));
    case "bools":
      return message.message(
        1,
        (list) => attribute.value.forEach((value) => list.varint(5, value)),
      );
    case "types":
      return message.message(
        1,
        (list) => attribute.value.forEach((value) => list.varint(6, value)),
      );
  }
}

function writeShape(message: MessageWriter, shape: readonly number[]): void {
  for (const size of shape) message.message(2, (dimension) => dimension.varint(1, size));
}

function writeConstant(message: MessageWriter, { dataType, shape, values }: Constant): void {
  message.varint(1, dataType);
  message.message(2, (message) => writeShape(message, shape));
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length === count) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    return message.bytes(4, bytes);
  }
  // If the file contains a single value, TensorFlow gives this value to all elements.
  const [value] = values;
  if (dataType === dataTypes.float32) return message.float(5, value);
  message.varint(dataType === dataTypes.bool ? 11 : 7, value);
}

function writeSignature(message: MessageWriter, { inputs, outputs }: Signature): void {
  writeReferences(message, 1, inputs);
  writeReferences(message, 2, outputs);
  message.bytes(3, "tensorflow/serving/predict");
}

function writeReferences(
  message: MessageWriter,
  field: number,
  references: Readonly<Record<string, TensorReference>>,
): void {
  for (const [key, { tensor, dataType, shape }] of Object.entries(references)) {
    message.entry(field, key, (reference) => {
      reference.bytes(1, tensor);
      reference.varint(2, dataType);
      reference.message(3, (message) => writeShape(message, shape));
    });
  }
}
