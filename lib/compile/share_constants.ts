/**
 * Merges equal constants in a graph. tfjs makes a new constant whenever it needs an axis, a shape
 * or a number. A third of the nodes in a recurrent network's graph are such constants. TensorFlow
 * would also merge equal constants, but it would first spend time reading and sorting all of them.
 */
import type { Constant, GraphNode } from "./graph_def.ts";
import { constantOf } from "./read_constants.ts";

/**
 * Returns the same graph without duplicate constants.
 *
 * @param needed the names of the tensors that must keep their names
 */
export function shareConstants(
  nodes: readonly GraphNode[],
  needed: ReadonlySet<string>,
): GraphNode[] {
  const first = new Map<string, string>();
  const sharedAs = new Map<string, string>();
  return nodes.flatMap((node) => {
    const constant = constantOf(node);
    if (constant && !needed.has(node.name)) {
      const content = contentOf(constant);
      const shared = first.get(content);
      if (shared !== undefined) {
        sharedAs.set(node.name, shared);
        return [];
      }
      first.set(content, node.name);
      return [node];
    }
    if (!node.inputs.some((input) => sharedAs.has(input))) return [node];
    return [{ ...node, inputs: node.inputs.map((input) => sharedAs.get(input) ?? input) }];
  });
}

/** Returns a key that is the same for constants with the same type, shape and bits. */
function contentOf({ dataType, shape, values }: Constant): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return `${dataType}[${shape}]${bytes}`;
}
