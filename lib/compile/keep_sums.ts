/**
 * Makes graphs add several tensors in the same order as eager calls. Otherwise the kernel would
 * start with a tensor that it may overwrite, and the graph optimizer would turn a sum of equal
 * tensors into a product.
 */
import type { GraphNode } from "./graph_def.ts";

/** The number of tensors that the kernel adds at once (core/kernels/aggregate_ops.cc). */
const AT_ONCE = 8;

/** Returns an equivalent graph in which sums of several tensors are rounded as in eager calls. */
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
  // The kernel first adds the remainder of two to nine tensors, then eight at a time.
  const first = (inputs.length - 2) % AT_ONCE + 2;
  let total = inputs.slice(0, first).reduce(add);
  for (let i = first; i < inputs.length; i += AT_ONCE) {
    total = add(total, inputs.slice(i, i + AT_ONCE).reduce(add));
  }
  return [...sums.slice(0, -1), { ...sums.at(-1)!, name }];
}
