/**
 * Preserves NaN in results: users must notice that a loss has become NaN. TensorFlow's graph
 * optimizer turns max(√x) into √(max x), which is a number even if one of the roots is NaN. It also
 * fuses a layer with its ReLU into one kernel, which returns zero for NaN.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs, isFunction } from "./stand_ins.ts";

/**
 * Operations that choose among values. The optimizer moves them into the arguments of functions.
 */
const choices = new Set([
  ...["Max", "Min", "ArgMax", "ArgMin", "MaxPool", "MaxPoolV2", "MaxPool3D"],
]);

/** Functions that are not defined everywhere. */
const partial = new Set([
  ...["Acos", "Acosh", "Asin", "Atanh", "Log", "Log1p", "Rsqrt", "Sqrt"],
]);

/** Functions that turn NaN into a number when the optimizer fuses them into a layer's kernel. */
const unfused = new Set(["Relu", "Relu6"]);

/** Operations that the optimizer fuses with a function that follows them. */
const layers = new Set([
  ...["Add", "AddV2", "BiasAdd", "Conv2D", "DepthwiseConv2dNative", "MatMul"],
]);

/**
 * Returns an equivalent graph in which the optimizer does not hide NaN.
 *
 * @param nodes ordered so that each node follows its inputs
 */
export function keepDomains(nodes: readonly GraphNode[]): GraphNode[] {
  return hideInputs(nodes, (node, index, earlier) => {
    if (index > 0) return false;
    const [input] = node.inputs;
    return choices.has(node.operation) ? isPartial(input, earlier) : isLayer(input, node, earlier);
  });
}

/** Returns whether a tensor comes from a chain of functions, one of them partial. */
function isPartial(
  tensor: string,
  nodes: ReadonlyMap<string, GraphNode>,
): boolean {
  const node = nodes.get(tensor);
  if (!node || !isFunction(node)) return false;
  return partial.has(node.operation) || isPartial(node.inputs[0], nodes);
}

/** Returns whether a function directly follows a layer and must not be fused with it. */
function isLayer(
  tensor: string,
  { operation, attributes }: GraphNode,
  nodes: ReadonlyMap<string, GraphNode>,
): boolean {
  const layer = nodes.get(tensor)?.operation;
  return unfused.has(operation) && layer !== undefined && layers.has(layer) &&
    attributes.T.value === dataTypes.float32;
}
