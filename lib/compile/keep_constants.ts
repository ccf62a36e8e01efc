/**
 * Keeps TensorFlow's graph optimizer from combining constants where the results would differ by
 * more than rounding.
 *
 * The optimizer turns (x · a) · b into x · (a · b), although the product of the constants a and b
 * may be too large for a float. It turns (x + a) − b into x + (a − b), although x + a may be meant
 * to round x. It turns x / a into x · (1 / a), although 1 / a may be too small for a float. And it
 * turns x^½ into √x, which is NaN for −∞.
 */
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { constantOf } from "./read_constants.ts";
import { hideInputs, nodeOf } from "./stand_ins.ts";

const sums = new Set(["Add", "AddV2", "Sub"]);
const quotients = new Set(["Div", "RealDiv"]);
const products = new Set(["Mul", ...quotients]);

/** Operations that the optimizer computes in advance if their inputs are constants. */
const computable = new Set([
  ...["Add", "AddV2", "BroadcastTo", "Cast", "Div", "ExpandDims", "Fill", "Mul", "Neg", "RealDiv"],
  ...["Reciprocal", "Reshape", "Sqrt", "Square", "Sub", "Tile"],
]);

/**
 * The smallest number whose reciprocal is not a normal float32 number. TensorFlow treats smaller
 * numbers as zero.
 */
const EXTREME = 2 ** 126;

/**
 * Returns an equivalent graph in which the optimizer cannot combine such constants.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 */
export function keepConstants(nodes: readonly GraphNode[]): GraphNode[] {
  const constants = new Set<string>();
  for (const { name, operation, inputs } of nodes) {
    const isComputed = computable.has(operation) && inputs.length > 0 &&
      inputs.every((input) => constants.has(nodeOf(input)));
    if (operation === "Const" || isComputed) constants.add(name);
  }
  const isConstant = (tensor: string) => constants.has(nodeOf(tensor));
  return hideInputs(nodes, (node, index, earlier) => {
    const { operation, inputs, attributes } = node;
    const source = earlier.get(inputs[index]);
    if (attributes.T?.value !== dataTypes.float32) return false;
    if (operation === "Pow") return index === 1 && isHalf(source);
    const alike = [sums, products].find((family) => family.has(operation));
    if (!alike) return false;
    if (quotients.has(operation) && index === 1 && isConstant(inputs[1])) return isExtreme(source);
    if (!isConstant(inputs[1 - index]) || isConstant(inputs[index])) return false;
    const before = behind(source, earlier);
    return !!before && alike.has(before.operation) && before.inputs.some(isConstant);
  });
}

/**
 * Operations that the optimizer may remove or move: two negations cancel out, and some reshapes do
 * nothing.
 */
const removable = new Set(["Cast", "Identity", "Neg", "Reshape", "Transpose"]);

/** Returns the node whose result reaches a node through removable operations only. */
function behind(
  node: GraphNode | undefined,
  earlier: ReadonlyMap<string, GraphNode>,
): GraphNode | undefined {
  return node && removable.has(node.operation)
    ? behind(earlier.get(node.inputs[0]), earlier)
    : node;
}

function isHalf(node: GraphNode | undefined): boolean {
  return constantOf(node)?.values.some((value) => Math.abs(value) === 0.5) ?? false;
}

/**
 * Returns whether the reciprocal of one of a constant's values may be too large or too small. The
 * values of a constant that is yet to be computed are not known.
 */
function isExtreme(node: GraphNode | undefined): boolean {
  const values = constantOf(node)?.values;
  return !values ||
    values.some((value) => Math.abs(value) >= EXTREME || Math.abs(value) <= 1 / EXTREME);
}
