/**
 * Keeps TensorFlow's graph optimizer (grappler) from changing how a graph rounds.
 *
 * The optimizer turns (x · 0.7) · 0.7 into x · 0.49; x / c into x · (1 / c); x / √y into x ·
 * rsqrt(y); and the maximum of σ(x) into σ of the maximum, where σ is the sigmoid function. It also
 * computes x · σ(x) with a single kernel. To prevent these changes, stand-ins (stand_ins.ts) are
 * inserted after constants, after functions of one number, and after operations that split a
 * tensor.
 *
 * The optimizer also reorders products and sums so that small tensors are broadcast later. It skips
 * nodes that it has already marked as reordered. All products and sums therefore get this mark in
 * advance.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import { isFunction, makeStandIn, nodeOf } from "./stand_ins.ts";

/**
 * Operations that split a tensor. The optimizer moves functions of one number from one side of such
 * an operation to the other.
 */
const splits = new Set(["Split", "SplitV"]);

const reordered = new Set(["Mul", "Add", "AddV2", "AddN"]);

/**
 * The attributes with which the optimizer marks nodes that it has reordered
 * (core/grappler/optimizers/arithmetic_optimizer.cc).
 */
const inOrder: Readonly<Record<string, Attribute>> = {
  _grappler_ArithmeticOptimizer_AddOpsRewriteStage: {
    kind: "bool",
    value: true,
  },
  _grappler_ArithmeticOptimizer_MinimizeBroadcasts: {
    kind: "bool",
    value: true,
  },
};

/**
 * Returns an equivalent graph in which the optimizer cannot change the rounding.
 *
 * @param nodes the graph's nodes, each of which comes after its inputs
 */
export function keepRounding(nodes: readonly GraphNode[]): GraphNode[] {
  const kept: GraphNode[] = [];
  const earlier = new Map<string, GraphNode>();
  /**
   * Maps the name of each tensor to the name of its stand-in. The key for a constant is its content
   * instead of its name, so that equal constants share a stand-in.
   */
  const standIns = new Map<string, string>();
  for (const node of nodes) {
    earlier.set(node.name, node);
    const inputs = node.inputs.map((input) => {
      const source = earlier.get(nodeOf(input));
      if (!source || !needsStandIn(source)) return input;
      const key = isFloatConstant(source) ? contentOf(source) : input;
      const known = standIns.get(key);
      if (known) return known;
      const standIn = makeStandIn(input, source);
      kept.push(standIn);
      standIns.set(key, standIn.name);
      return standIn.name;
    });
    const attributes = reordered.has(node.operation)
      ? { ...node.attributes, ...inOrder }
      : node.attributes;
    kept.push({ ...node, inputs, attributes });
  }
  return kept;
}

function needsStandIn(source: GraphNode): boolean {
  return isFloatConstant(source) || isFunction(source) ||
    splits.has(source.operation) &&
      source.attributes.T.value === dataTypes.float32;
}

function contentOf({ attributes }: GraphNode): string {
  return JSON.stringify(
    attributes,
    (_, value) => ArrayBuffer.isView(value) ? String(value) : value,
  );
}

function isFloatConstant({ operation, attributes }: GraphNode): boolean {
  return operation === "Const" && attributes.dtype.value === dataTypes.float32;
}
