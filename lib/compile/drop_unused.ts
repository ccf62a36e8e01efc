/**
 * Removes unused nodes, such as unused gradients. TensorFlow would also remove them, but only after
 * reading and checking them.
 */
import type { GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/**
 * Returns the needed nodes, in the same order.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param roots nodes and tensors that are always needed
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
