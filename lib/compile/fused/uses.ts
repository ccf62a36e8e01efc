/** Lists which nodes use which tensors. */
import type { GraphNode } from "../graph_def.ts";

/**
 * Maps the name of a tensor to the nodes that use it; a use outside the graph is listed as
 * undefined.
 */
export type Uses = ReadonlyMap<string, readonly (GraphNode | undefined)[]>;

/**
 * Returns the uses of each tensor. An input such as `^node`, which only makes `node` run first,
 * also counts as a use and is listed without the `^`.
 *
 * @param needed tensors that are needed outside the graph
 */
export function usesOf(nodes: readonly GraphNode[], needed: ReadonlySet<string>): Uses {
  const uses = new Map<string, (GraphNode | undefined)[]>();
  const add = (tensor: string, user: GraphNode | undefined) => {
    const known = uses.get(tensor);
    if (known) known.push(user);
    else uses.set(tensor, [user]);
  };
  for (const node of nodes) {
    for (const input of node.inputs) add(input.replace(/^\^/, ""), node);
  }
  for (const tensor of needed) add(tensor, undefined);
  return uses;
}
