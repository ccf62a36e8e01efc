/**
 * Keeps TensorFlow's graph optimizer (grappler) from changing how a graph rounds. The optimizer
 * merges constants, so that (x · 0.7) · 0.7 becomes x · 0.49. It replaces a division by a constant
 * with a multiplication by the constant's reciprocal. It turns x / √y into x · rsqrt(y), and the
 * maximum of σ(x) into σ of the maximum, and it computes x · σ(x) with a single kernel. The
 * optimizer cannot look through a stand-in (stand_ins.ts), so a stand-in is inserted after each
 * constant, each function of one number and each part of a split tensor.
 *
 * The optimizer also reorders products and sums so that small tensors are broadcast later. It skips
 * nodes that it has already marked as reordered, so these marks are set in advance.
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
 * Returns an equivalent graph whose rounding the optimizer does not change.
 *
 * @param nodes ordered so that each node follows its inputs
 */
export function keepRounding(nodes: readonly GraphNode[]): GraphNode[] {
  const kept: GraphNode[] = [];
  const earlier = new Map<string, GraphNode>();
  /**
   * Maps each tensor to the name of its stand-in. Equal constants share a stand-in, so the key of a
   * constant is its content.
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
