/**
 * Prevents rewrites by TensorFlow's graph optimizer (grappler) that change the rounding. The
 * optimizer merges constants, (x · 0.7) · 0.7 into x · 0.49, and turns a division by a constant
 * into a product with its reciprocal. It turns x / √y into x · rsqrt(y), x · σ(x) into one kernel,
 * and the maximum of σ(x) into σ of the maximum. It cannot look through an operation whose input is
 * a replaceable default, so such an operation follows each constant, each function of one number
 * and each part of a tensor. It also reorders products and sums to broadcast small tensors later,
 * but it skips nodes that carry its own marks.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";
import { isFunction, makeStandIn, nodeOf } from "./stand_ins.ts";

/** Operations across which the optimizer moves functions of one number. */
const splits = new Set(["Split", "SplitV"]);

const reordered = new Set(["Mul", "Add", "AddV2", "AddN"]);

/**
 * The marks that the optimizer puts on nodes that it has already reordered
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
 * Returns an equivalent graph that keeps its rounding.
 *
 * @param nodes ordered so that each node follows its inputs
 */
export function keepRounding(nodes: readonly GraphNode[]): GraphNode[] {
  const kept: GraphNode[] = [];
  const earlier = new Map<string, GraphNode>();
  /** Names of stand-ins by the tensor, or the content of the constant, that they replace. */
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

/** Returns a key that is equal for equal constants. */
function contentOf({ attributes }: GraphNode): string {
  return JSON.stringify(
    attributes,
    (_, value) => ArrayBuffer.isView(value) ? String(value) : value,
  );
}

function isFloatConstant({ operation, attributes }: GraphNode): boolean {
  return operation === "Const" && attributes.dtype.value === dataTypes.float32;
}
