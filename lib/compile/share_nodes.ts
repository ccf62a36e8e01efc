/**
 * Merges nodes that compute the same result. A recurrent layer in tfjs splits its weights again at
 * each step. TensorFlow would also merge such nodes, but only after reading and checking all of
 * them.
 */
import type { Attribute, GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/** Operations whose result depends only on their inputs and attributes. */
const shared = new Set(["Fill", "Neg", "Reshape", "Split", "SplitV", "Square", "Transpose"]);

/**
 * Returns the same graph without duplicates of these operations.
 *
 * @param nodes ordered so that each node follows its inputs; equal constants are already merged
 * @param needed tensors that keep their names
 */
export function shareNodes(
  nodes: readonly GraphNode[],
  needed: ReadonlySet<string>,
): GraphNode[] {
  const kept = new Set([...needed].map(nodeOf));
  const first = new Map<string, string>();
  const sharedAs = new Map<string, string>();
  const rename = (input: string) => {
    const node = nodeOf(input);
    const other = sharedAs.get(node);
    return other === undefined ? input : input.replace(node, () => other);
  };
  return nodes.flatMap((node) => {
    const inputs = sharedAs.size > 0 ? node.inputs.map(rename) : node.inputs;
    const { name, operation } = node;
    if (shared.has(operation) && !kept.has(name)) {
      const key = `${kindOf(node)}(${inputs})`;
      const same = first.get(key);
      if (same !== undefined) {
        sharedAs.set(name, same);
        return [];
      }
      first.set(key, name);
    }
    return [inputs.some((input, i) => input !== node.inputs[i]) ? { ...node, inputs } : node];
  });
}

/**
 * Returns a string that is the same for all nodes with the same operation and attributes. None of
 * the node's attributes may be a tensor.
 */
export function kindOf({ operation, attributes }: GraphNode): string {
  return `${operation}[${Object.entries(attributes).map(describe)}]`;
}

function describe([name, { kind, value }]: [string, Attribute]): string {
  return `${name}:${kind}:${value}`;
}
