/**
 * Keeps TensorFlow's graph optimizer (grappler) from rewrites that round differently than the operations as they stand.
 *
 * It joins constants, (x · 0.7) · 0.7 to x · 0.49, and turns a division by a constant into a product with its
 * reciprocal; it turns x / √y into x · rsqrt(y). It knows no way through an operation whose input is a default that might
 * be replaced, so such an operation stands behind each constant and between root and division. It also changes the order
 * of products and sums, so as to spread small tensors later; what bears its marks it leaves alone.
 */
import type { Attribute, GraphNode } from "./graph_def.ts";
import { dataTypes } from "./graph_def.ts";

const divisions = new Set(["Div", "RealDiv"]);

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
    const inputs = node.inputs.map((input, i) => {
      const source = earlier.get(input);
      if (!source || !needsStandIn(node, i, source)) return input;
      const key = isFloatConstant(source) ? contentOf(source) : input;
      const known = standIns.get(key);
      if (known) return known;
      const standIn = makeStandIn(source);
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

function needsStandIn(
  node: GraphNode,
  input: number,
  source: GraphNode,
): boolean {
  return isFloatConstant(source) ||
    source.operation === "Sqrt" && input === 1 && divisions.has(node.operation);
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

function makeStandIn(source: GraphNode): GraphNode {
  const { dtype, T, value } = source.attributes;
  const shape: Attribute = value?.kind === "tensor"
    ? { kind: "shape", value: value.value.shape }
    : { kind: "unknownShape" };
  return {
    name: `${source.name}_kept`,
    operation: "PlaceholderWithDefault",
    inputs: [source.name],
    attributes: { dtype: dtype ?? T, shape },
  };
}
