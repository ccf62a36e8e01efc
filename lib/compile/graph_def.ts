/**
 * Encodes TensorFlow graphs in the SavedModel file format, which TensorFlow can load. The field
 * numbers come from tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto
 * and tensorflow/core/protobuf/{meta_graph,saved_model}.proto.
 */
import {
  bytesField,
  concat,
  entryField,
  floatField,
  messageField,
  varintField,
} from "./protobuf.ts";

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
  const graph = [
    ...nodes.map((node) => messageField(1, encodeNode(node))),
    messageField(4, [varintField(1, PRODUCER)]),
  ];
  const definitions = Object.entries(signatures).map(([key, signature]) =>
    entryField(5, key, encodeSignature(signature))
  );
  if (initializer) {
    definitions.push(
      entryField(5, "__saved_model_init_op", encodeInitializer(initializer)),
    );
  }
  const metaGraph = [
    messageField(1, [bytesField(4, "serve")]),
    messageField(2, graph),
    ...definitions,
  ];
  return concat([varintField(1, 1), messageField(2, metaGraph)]);
}

function encodeNode(
  { name, operation, inputs, attributes }: GraphNode,
): Uint8Array[] {
  return [
    bytesField(1, name),
    bytesField(2, operation),
    ...inputs.map((input) => bytesField(3, input)),
    ...Object.entries(attributes).map(([key, attribute]) =>
      entryField(5, key, encodeAttribute(attribute))
    ),
  ];
}

function encodeAttribute(attribute: Attribute): Uint8Array {
  switch (attribute.kind) {
    case "string":
      return bytesField(2, attribute.value);
    case "int":
      return varintField(3, attribute.value);
    case "float":
      return floatField(4, attribute.value);
    case "bool":
      return varintField(5, attribute.value);
    case "type":
      return varintField(6, attribute.value);
    case "shape":
      return messageField(7, encodeShape(attribute.value));
    case "unknownShape":
      return messageField(7, [varintField(3, true)]);
    case "tensor":
      return messageField(8, encodeConstant(attribute.value));
    case "ints":
      return messageField(
        1,
        attribute.value.map((value) => varintField(3, value)),
      );
    case "floats":
      return messageField(
        1,
        attribute.value.map((value) => floatField(4, value)),
      );
    case "bools":
      return messageField(
        1,
        attribute.value.map((value) => varintField(5, value)),
      );
    case "types":
      return messageField(
        1,
        attribute.value.map((value) => varintField(6, value)),
      );
  }
}

function encodeShape(shape: readonly number[]): Uint8Array[] {
  return shape.map((size) => messageField(2, [varintField(1, size)]));
}

function encodeConstant({ dataType, shape, values }: Constant): Uint8Array[] {
  const head = [varintField(1, dataType), messageField(2, encodeShape(shape))];
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length === count) {
    return [
      ...head,
      bytesField(
        4,
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      ),
    ];
  }
  // If the file contains a single value, TensorFlow gives this value to all elements.
  const [value] = values;
  if (dataType === dataTypes.float32) return [...head, floatField(5, value)];
  return [...head, varintField(dataType === dataTypes.bool ? 11 : 7, value)];
}

function encodeSignature({ inputs, outputs }: Signature): Uint8Array {
  const entries = (field: number, references: Signature["inputs"]) =>
    Object.entries(references).map(([key, reference]) =>
      entryField(field, key, concat(encodeReference(reference)))
    );
  return concat([
    ...entries(1, inputs),
    ...entries(2, outputs),
    bytesField(3, "tensorflow/serving/predict"),
  ]);
}

function encodeReference(
  { tensor, dataType, shape }: TensorReference,
): Uint8Array[] {
  return [
    bytesField(1, tensor),
    varintField(2, dataType),
    messageField(3, encodeShape(shape)),
  ];
}

function encodeInitializer(node: string): Uint8Array {
  return entryField(2, "__saved_model_init_op", bytesField(1, node));
}
