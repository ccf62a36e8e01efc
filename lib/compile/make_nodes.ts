/** Makes the nodes and attributes that several parts of a graph need. */
import { type Attribute, type Constant, dataTypes, type GraphNode } from "./graph_def.ts";

/** Returns an attribute that is a data type (see `dataTypes`). */
export function typeAttribute(dataType: number): Attribute {
  return { kind: "type", value: dataType };
}

export const float32Type: Attribute = typeAttribute(dataTypes.float32);
export const int32Type: Attribute = typeAttribute(dataTypes.int32);

export function constantNode(name: string, value: Constant): GraphNode {
  return {
    name,
    operation: "Const",
    inputs: [],
    attributes: { dtype: typeAttribute(value.dataType), value: { kind: "tensor", value } },
  };
}

/** Returns a constant node with integers. */
export function int32Constant(
  name: string,
  shape: readonly number[],
  values: ArrayLike<number>,
): GraphNode {
  return constantNode(name, { dataType: dataTypes.int32, shape, values: Int32Array.from(values) });
}

/**
 * Returns a node that concatenates float32 tensors.
 *
 * @param axis the name of a constant that holds the axis number
 */
export function concatNode(name: string, tensors: readonly string[], axis: string): GraphNode {
  return {
    name,
    operation: "ConcatV2",
    inputs: [...tensors, axis],
    attributes: { N: { kind: "int", value: tensors.length }, T: float32Type, Tidx: int32Type },
  };
}

/** Returns a constant node that holds a shape, and a node that reshapes a tensor to this shape. */
export function reshapeNodes(
  name: string,
  tensor: string,
  shape: readonly number[],
  dataType: number = dataTypes.float32,
): [GraphNode, GraphNode] {
  const sizes = int32Constant(`${name}_shape`, [shape.length], shape);
  const attributes = { T: typeAttribute(dataType), Tshape: int32Type };
  return [sizes, { name, operation: "Reshape", inputs: [tensor, sizes.name], attributes }];
}
