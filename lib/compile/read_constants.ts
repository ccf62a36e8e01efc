/** Reads the values of constant nodes. */
import type { Constant, GraphNode } from "./graph_def.ts";

/** Returns the value of a constant node, or undefined for any other node. */
export function constantOf(node: GraphNode | undefined): Constant | undefined {
  const value = node?.operation === "Const" ? node.attributes.value : undefined;
  return value?.kind === "tensor" ? value.value : undefined;
}

/**
 * Returns whether a node is a constant that holds the number of the last axis of a tensor. The last
 * axis of a matrix, for example, has the number 1 or -1.
 *
 * @param rank the number of the tensor's axes; undefined if it is not known
 */
export function isLastAxis(axis: GraphNode | undefined, rank: number | undefined): boolean {
  const number = constantOf(axis)?.values[0];
  return rank !== undefined && (number === -1 || number === rank - 1);
}
