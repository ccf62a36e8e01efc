/**
 * Makes graphs add several tensors in the same order as TensorFlow's eager mode, because the order
 * affects the rounding. Otherwise TensorFlow's kernel (AddN) would begin the sum with whichever
 * tensor it is allowed to overwrite, and the graph optimizer would turn a sum of equal tensors into
 * a product.
 */
import type { GraphNode } from "./graph_def.ts";

/**
 * The number of tensors that TensorFlow's kernel for AddN adds at once
 * (core/kernels/aggregate_ops.cc).
 */
const AT_ONCE = 8;

/**
 * Returns an equivalent graph in which sums of several tensors round in the same way as in eager
 * mode.
 */
export function keepSums(nodes: readonly GraphNode[]): GraphNode[] {
  return nodes.flatMap((node) =>
    node.operation === "AddN" && node.inputs.length > 1 ? composeSum(node) : [node]
  );
}

function composeSum({ name, inputs, attributes: { T } }: GraphNode) {
  const sums: GraphNode[] = [];
  const add = (a: string, b: string): string => {
    const sum = `${name}_sum${sums.length}`;
    sums.push({
      name: sum,
      operation: "AddV2",
      inputs: [a, b],
      attributes: { T },
    });
    return sum;
  };
  // The kernel begins with the first two to nine tensors, so that the number of remaining tensors
  // is a multiple of eight. It then adds the remaining tensors in groups of eight.
  const first = (inputs.length - 2) % AT_ONCE + 2;
  let total = inputs.slice(0, first).reduce(add);
  for (let i = first; i < inputs.length; i += AT_ONCE) {
    total = add(total, inputs.slice(i, i + AT_ONCE).reduce(add));
  }
  return [...sums.slice(0, -1), { ...sums.at(-1)!, name }];
}
