/**
 * A graph without the nodes that nothing needs: gradients that nobody asked for, and reshapes whose
 * users take what was before them. TensorFlow would drop them too, but reads and checks them first.
 */
import type { GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/**
 * The nodes that are needed, in the same order.
 *
 * @param nodes in an order in which each node's inputs come before it
 * @param roots nodes and tensors that are needed anyway
 */
export function dropUnused(
  nodes: readonly GraphNode[],
  roots: Iterable<string>,
): GraphNode[] {
  const needed = new Set([...roots].map(nodeOf));
  return nodes.toReversed().filter(({ name, inputs }) => {
    if (!needed.has(name)) return false;
    for (const input of inputs) needed.add(nodeOf(input));
    return true;
  }).reverse();
}
