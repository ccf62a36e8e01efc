/** Makes constants for rewritten parts of a graph. */
import { dataTypes, type GraphNode } from "../graph_def.ts";

/** Returns a constant node with integers. */
export function int32Constant(
  name: string,
  shape: readonly number[],
  values: ArrayLike<number>,
): GraphNode {
  const dataType = dataTypes.int32;
  return {
    name,
    operation: "Const",
    inputs: [],
    attributes: {
      dtype: { kind: "type", value: dataType },
      value: {
        kind: "tensor",
        value: { dataType, shape, values: Int32Array.from(values) },
      },
    },
  };
}
