/**
 * Keeps what is not a number: a loss that has become NaN would be hidden. TensorFlow's graph
 * optimizer makes √(max x) of max(√x), which is a number where one of the roots is none; and it
 * makes one kernel of a layer and its ReLU, which gives zero for NaN. Functions that are defined
 * everywhere may change places.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { isFunction, makeStandIn } from "./stand_ins.ts";

/** Operations that the optimizer takes into functions. */
const choices = new Set([
  ...["Max", "Min", "ArgMax", "ArgMin", "MaxPool", "MaxPoolV2", "MaxPool3D"],
]);

/** Functions that are not defined everywhere. */
const partial = new Set([
  ...["Acos", "Acosh", "Asin", "Atanh", "Log", "Log1p", "Rsqrt", "Sqrt"],
]);

/** Functions whose kernels in a layer lose what is not a number. */
const unfused = new Set(["Relu", "Relu6"]);

/** Operations that the optimizer joins with the function behind them. */
const layers = new Set([
  ...["Add", "AddV2", "BiasAdd", "Conv2D", "DepthwiseConv2dNative", "MatMul"],
]);

/**
 * The same graph, in which no choice among values of a partial function becomes one among its
 * arguments, and no layer is joined with a function that would hide NaN.
 *
 * @param nodes in an order in which each node's inputs come before it
 */
export function keepDomains(nodes: readonly GraphNode[]): GraphNode[] {
  const earlier = new Map<string, GraphNode>();
  const standIns = new Set<string>();
  return nodes.flatMap((node) => {
    earlier.set(node.name, node);
    const [input, ...others] = node.inputs;
    const isHidden = choices.has(node.operation)
      ? isPartial(input, earlier)
      : isLayer(input, node, earlier);
    if (!isHidden) return node;
    const standIn = makeStandIn(input, earlier.get(input)!);
    const chosen = { ...node, inputs: [standIn.name, ...others] };
    if (standIns.has(standIn.name)) return chosen;
    standIns.add(standIn.name);
    return [standIn, chosen];
  });
}

/**
 * Whether there is a partial function among those, one upon the other, that a tensor is a value of.
 */
function isPartial(
  tensor: string,
  nodes: ReadonlyMap<string, GraphNode>,
): boolean {
  const node = nodes.get(tensor);
  if (!node || !isFunction(node)) return false;
  return partial.has(node.operation) || isPartial(node.inputs[0], nodes);
}

/**
 * Whether a tensor is the result of a layer, and the node a function of it that is not to be joined
 * with it.
 */
function isLayer(
  tensor: string,
  { operation, attributes }: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
): boolean {
  const layer = nodes.get(tensor)?.operation;
  return unfused.has(operation) && layer !== undefined && layers.has(layer) &&
    attributes.T.value === dataTypes.float32;
}
