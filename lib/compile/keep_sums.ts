/**
 * Sums of several tensors in the order of single calls. In a graph the kernel adds first what it
 * may overwrite, and the graph optimizer makes a product of a sum of one tensor.
 */
import type { GraphNode } from "./graph_def.ts";

/** As many are added at once (core/kernels/aggregate_ops.cc). */
const AT_ONCE = 8;

/** The same graph, with sums of several tensors as single calls round them. */
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
  // Eight are added to what there is: the first time the remainder, of two to nine.
  const first = (inputs.length - 2) % AT_ONCE + 2;
  let total = inputs.slice(0, first).reduce(add);
  for (let i = first; i < inputs.length; i += AT_ONCE) {
    total = add(total, inputs.slice(i, i + AT_ONCE).reduce(add));
  }
  return [...sums.slice(0, -1), { ...sums.at(-1)!, name }];
}
