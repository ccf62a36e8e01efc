/**
 * Removes the nodes of a graph that no result depends on, such as unused gradients. TensorFlow
 * would also remove these nodes, but it would first spend time reading and checking them.
 */
import type { GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/**
 * Returns the roots and the nodes that they depend on, in the same order as in `nodes`.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 * @param roots the names of the nodes and tensors that must be kept
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
