/**
 * Inserts stand-ins into a graph. A stand-in is a node that returns its input unchanged, but keeps
 * TensorFlow's graph optimizer from combining the operations before and after it. The node is a
 * placeholder whose default value is its input. The optimizer must assume that a run may feed a
 * different value instead.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import { float32Type } from "./make_nodes.ts";

/**
 * Functions of one number, which are applied to each element of a tensor. The optimizer moves and
 * merges such functions. If a function is followed by its inverse, then the optimizer removes both.
 */
const functions = new Set([
  ...["Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Cos"],
  ...["Cosh", "Elu", "Erf", "Exp", "Expm1", "Floor", "LeakyRelu", "Log"],
  ...["Log1p", "Neg", "Reciprocal", "Relu", "Relu6", "Rint", "Round", "Rsqrt"],
  ...["Selu", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Sqrt", "Square"],
  ...["Tan", "Tanh"],
]);

/** Returns whether a node applies a function of one number to float32 values. */
export function isFunction({ operation, attributes }: GraphNode): boolean {
  return functions.has(operation) && attributes.T?.value === dataTypes.float32;
}

/** Returns a node that stands in for a float32 tensor. */
export function makeStandIn(tensor: string, source: GraphNode | undefined): GraphNode {
  const value = source?.attributes.value;
  const shape: Attribute = value?.kind === "tensor"
    ? { kind: "shape", value: value.value.shape }
    : { kind: "unknownShape" };
  return {
    name: `${tensor.replace(":", "_")}_kept`,
    operation: "PlaceholderWithDefault",
    inputs: [tensor],
    attributes: { dtype: float32Type, shape },
  };
}

/** Returns the name of the node that outputs a tensor. */
export function nodeOf(tensor: string): string {
  // Most tensors have the name of their node. This check is much faster than the replacements.
  if (!tensor.startsWith("^") && !tensor.includes(":")) return tensor;
  return tensor.replace(/^\^/, "").replace(/:\d+$/, "");
}

/**
 * Returns an equivalent graph in which some inputs go through stand-ins.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 * @param isHidden a function that returns whether an input of a node must go through a stand-in
 */
export function hideInputs(
  nodes: readonly GraphNode[],
  isHidden: (node: GraphNode, index: number, earlier: ReadonlyMap<string, GraphNode>) => boolean,
): GraphNode[] {
  const earlier = new Map<string, GraphNode>();
  const names = new Set(nodes.map(({ name }) => name));
  return nodes.flatMap((node) => {
    earlier.set(node.name, node);
    const added: GraphNode[] = [];
    const inputs = node.inputs.map((input, index) => {
      if (!isHidden(node, index, earlier)) return input;
      const standIn = makeStandIn(input, earlier.get(input));
      if (!names.has(standIn.name)) added.push(standIn);
      names.add(standIn.name);
      return standIn.name;
    });
    return added.length > 0 || inputs.some((input, i) => input !== node.inputs[i])
      ? [...added, { ...node, inputs }]
      : [node];
  });
}
