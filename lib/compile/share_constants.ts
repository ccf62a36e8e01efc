/**
 * Equal constants as one. tfjs makes a constant of each axis, shape and number each time: a third of the nodes of
 * a recurrent network. TensorFlow would join them too, but reads and sorts them first.
 */
import type { Constant, GraphNode } from "./graph_def.ts";

/**
 * The same graph with each constant once.
 *
 * @param needed tensors that keep their names
 */
export function shareConstants(
  nodes: readonly GraphNode[],
  needed: ReadonlySet<string>,
): GraphNode[] {
  const first = new Map<string, string>();
  const sharedAs = new Map<string, string>();
  return nodes.flatMap((node) => {
    const { value } = node.attributes;
    if (node.operation === "Const" && value?.kind === "tensor" && !needed.has(node.name)) {
      const content = contentOf(value.value);
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

/** What says that two constants are the same, to the bit. */
function contentOf({ dataType, shape, values }: Constant): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return `${dataType}[${shape}]${bytes}`;
}
