/**
 * Keeps TensorFlow's graph optimizer (grappler) from rewrites that round differently than the
 * operations as they stand.
 *
 * It joins constants, (x · 0.7) · 0.7 to x · 0.49, and turns a division by a constant into a
 * product with its reciprocal; it turns x / √y into x · rsqrt(y), x · σ(x) into one kernel, and the
 * maximum of σ(x) into σ of the maximum. It knows no way through an operation whose input is a
 * default that might be replaced, so such an operation stands behind each constant, each function
 * of one number and each part of a tensor. It also changes the order of products and sums, so as to
 * spread small tensors later; what bears its marks it leaves alone.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import { isFunction, makeStandIn, nodeOf } from "./stand_ins.ts";

/** Operations that the optimizer moves functions of one number across. */
const splits = new Set(["Split", "SplitV"]);

const reordered = new Set(["Mul", "Add", "AddV2", "AddN"]);

/**
 * The marks by which the optimizer knows what it has put in order already
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
 * The same graph, its rounding kept.
 *
 * @param nodes in an order in which each node's inputs come before it
 */
export function keepRounding(nodes: readonly GraphNode[]): GraphNode[] {
  const kept: GraphNode[] = [];
  const earlier = new Map<string, GraphNode>();
  /** Names of stand-ins by what they stand for: a tensor, or a constant's content. */
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

/** What says that two constants are the same. */
function contentOf({ attributes }: GraphNode): string {
  return JSON.stringify(
    attributes,
    (_, value) => ArrayBuffer.isView(value) ? String(value) : value,
  );
}

function isFloatConstant({ operation, attributes }: GraphNode): boolean {
  return operation === "Const" && attributes.dtype.value === dataTypes.float32;
}
