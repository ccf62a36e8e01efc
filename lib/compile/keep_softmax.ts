/**
 * Makes graphs compute softmax with the same operations as TensorFlow's eager mode
 * (core/kernels/softmax_op_functor.h). Otherwise a graph would use the kernel of the oneDNN
 * library, which rounds differently.
 */
import type { Attribute, GraphNode } from "./graph_def.ts";
import { int32Constant, int32Type } from "./make_nodes.ts";

/** Returns an equivalent graph in which softmax rounds in the same way as in eager mode. */
export function keepSoftmax(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.flatMap((node) => node.operation === "Softmax" ? composeSoftmax(node) : [node]);
}

/** Returns nodes that compute e^(x − max) · (1 / Σ e^(x − max)) over the last axis. */
function composeSoftmax({ name, inputs, attributes }: GraphNode): GraphNode[] {
  const [x] = inputs;
  const { T } = attributes;
  const part = (suffix: string) => `${name}_${suffix}`;
  const step = (
    suffix: string,
    operation: string,
    inputs: readonly string[],
    more: GraphNode["attributes"] = {},
  ): GraphNode => ({
    name: part(suffix),
    operation,
    inputs,
    attributes: { T, ...more },
  });
  const reduction = { Tidx: int32Type, keep_dims: yes };
  return [
    int32Constant(part("axis"), [1], [-1]),
    step("max", "Max", [x, part("axis")], reduction),
    step("shifted", "Sub", [x, part("max")]),
    step("exp", "Exp", [part("shifted")]),
    step("sum", "Sum", [part("exp"), part("axis")], reduction),
    step("inverse", "Reciprocal", [part("sum")]),
    {
      ...step("", "Mul", [part("exp"), part("inverse")]),
      name,
    },
  ];
}

const yes: Attribute = { kind: "bool", value: true };
