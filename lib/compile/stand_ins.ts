/**
 * Operations that give what they get, and through which TensorFlow's graph optimizer knows no way:
 * a default that might be replaced.
 */
import { type Attribute, dataTypes, type GraphNode } from "./graph_def.ts";

/** Functions of one number, which the optimizer moves, joins, or takes for each other's inverse. */
const functions = new Set([
  ...["Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Cos"],
  ...["Cosh", "Elu", "Erf", "Exp", "Expm1", "Floor", "LeakyRelu", "Log"],
  ...["Log1p", "Neg", "Reciprocal", "Relu", "Relu6", "Rint", "Round", "Rsqrt"],
  ...["Selu", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Sqrt", "Square"],
  ...["Tan", "Tanh"],
]);

/** Whether a node is a function of one number, of float32. */
export function isFunction({ operation, attributes }: GraphNode): boolean {
  return functions.has(operation) && attributes.T?.value === dataTypes.float32;
}

/** What stands for a tensor of float32 from then on. */
export function makeStandIn(tensor: string, source: GraphNode): GraphNode {
  const { value } = source.attributes;
  const shape: Attribute = value?.kind === "tensor"
    ? { kind: "shape", value: value.value.shape }
    : { kind: "unknownShape" };
  const dtype: Attribute = { kind: "type", value: dataTypes.float32 };
  return {
    name: `${tensor.replace(":", "_")}_kept`,
    operation: "PlaceholderWithDefault",
    inputs: [tensor],
    attributes: { dtype, shape },
  };
}

/** The node that gives a tensor. */
export function nodeOf(tensor: string): string {
  return tensor.replace(/^\^/, "").replace(/:\d+$/, "");
}
