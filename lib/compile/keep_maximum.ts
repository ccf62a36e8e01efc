/**
 * Keeps maxima of a tensor and its own multiple. TensorFlow takes max(x, αx) for LeakyReLU and
 * replaces it by that kernel without looking at α (core/grappler/optimizers/remapper.cc), which is
 * wrong from α = 1 on: max(x, 2x) would give x for positive numbers. A sum x + x becomes 2x first.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { makeStandIn } from "./stand_ins.ts";

/** Operations whose result may be a multiple of one of their inputs, after simplification. */
const multiples = new Set(["Mul", "Add", "AddV2", "AddN"]);

/**
 * Returns an equivalent graph in which no maximum looks like a LeakyReLU.
 *
 * @param nodes ordered so that each node follows its inputs
 */
export function keepMaximum(nodes: readonly GraphNode[]): GraphNode[] {
  const earlier = new Map<string, GraphNode>();
  const names = new Set(nodes.map(({ name }) => name));
  return nodes.flatMap((node) => {
    earlier.set(node.name, node);
    const { operation, attributes: { T } } = node;
    if (operation !== "Maximum" || T?.value !== dataTypes.float32) return [node];
    const added: GraphNode[] = [];
    const inputs = node.inputs.map((input) => {
      const source = earlier.get(input);
      if (!source || !multiples.has(source.operation)) return input;
      const standIn = makeStandIn(input, source);
      if (!names.has(standIn.name)) added.push(standIn);
      names.add(standIn.name);
      return standIn.name;
    });
    return [...added, { ...node, inputs }];
  });
}
