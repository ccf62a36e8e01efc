/**
 * Keeps TensorFlow's graph optimizer from turning NaN into a number, because users must notice when
 * a loss has become NaN. The optimizer turns max(√x) into √(max x), which is a number even if one
 * of the roots is NaN. The optimizer also fuses a layer and the ReLU that follows it into one
 * kernel, which returns zero for NaN.
 *
 * For the position of a maximum, the optimizer drops any increasing function, although the function
 * may round two different values to the same one. So no function is dropped there.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { hideInputs, isFunction } from "./stand_ins.ts";

/**
 * Operations that select some of the values of a tensor. If the tensor is the result of a function,
 * then the optimizer may swap the two operations, so that the graph selects values first and then
 * applies the function to them.
 */
const choices = new Set(["Max", "Min", "MaxPool", "MaxPoolV2", "MaxPool3D"]);

/** Operations that find the position of a value. */
const positions = new Set(["ArgMax", "ArgMin"]);

/** Partial functions, which are not defined for all numbers. */
const partial = new Set([
  ...["Acos", "Acosh", "Asin", "Atanh", "Log", "Log1p", "Rsqrt", "Sqrt"],
]);

/** Functions that turn NaN into a number when the optimizer fuses them into a layer's kernel. */
const unfused = new Set(["Relu", "Relu6"]);

/** Operations of layers. The optimizer fuses such an operation with a function that follows it. */
const layers = new Set([
  ...["Add", "AddV2", "BiasAdd", "Conv2D", "DepthwiseConv2dNative", "MatMul"],
]);

/**
 * Returns an equivalent graph in which the optimizer cannot turn NaN into a number.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 */
export function keepDomains(nodes: readonly GraphNode[]): GraphNode[] {
  return hideInputs(nodes, (node, index, earlier) => {
    if (index > 0) return false;
    const [input] = node.inputs;
    const source = earlier.get(input);
    if (positions.has(node.operation)) return source !== undefined && isFunction(source);
    return choices.has(node.operation) ? isPartial(input, earlier) : isLayer(input, node, earlier);
  });
}

/**
 * Returns whether a tensor is the result of a chain of functions that contains a partial function.
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
 * Returns whether a node is a function that directly follows a layer and must not be fused with
 * that layer.
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
