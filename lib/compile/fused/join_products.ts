/**
 * If all steps of a sequence are multiplied by the same weights, combines these products into a
 * single product. A recurrent layer splits its input into steps, and multiplies each step by its
 * weights and adds a bias. The result is the same if the whole input is multiplied first, and split
 * afterwards.
 */
import { dataTypes, type GraphNode } from "../graph_def.ts";
import { float32Type, reshapeNodes } from "../make_nodes.ts";
import { nodeOf } from "../stand_ins.ts";
import type { GrowingShapes } from "./simplify.ts";
import { type Uses, usesOf } from "./uses.ts";

/** Sequences with fewer steps than this are left alone. */
const LEAST_STEPS = 4;

/**
 * Returns an equivalent graph in which products that multiply different steps of a sequence by the
 * same weights are joined into one. The old nodes remain, although nothing uses them.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param shapes the shapes of the tensors; the shapes of new tensors are added
 * @param needed tensors that are needed outside the graph
 */
export function joinProducts(
  nodes: readonly GraphNode[],
  shapes: GrowingShapes,
  needed: ReadonlySet<string>,
): GraphNode[] {
  const uses = usesOf(nodes, needed);
  const groups = findGroups(nodes, uses, shapes);
  /** Maps the old names of results to their new names. */
  const renamed = new Map<string, string>();
  const rename = (input: string) =>
    input.startsWith("^")
      ? `^${nodeOf(renamed.get(input.slice(1)) ?? input)}`
      : renamed.get(input) ?? input;
  return nodes.flatMap((node) => {
    const inputs = node.inputs.map(rename);
    const own = inputs.every((input, i) => input === node.inputs[i]) ? node : { ...node, inputs };
    const group = groups.get(node.name);
    if (!group) return [own];
    const bias = biasOf(group.products, uses);
    const joined = joinGroup(group, bias && rename(bias.inputs[1]), shapes);
    const results = group.products.map(({ name }) => bias ? uses.get(name)![0]!.name : name);
    group.products.forEach(({ name }, i) => {
      const step = stepOf(joined.at(-1)!.name, group.steps[i]);
      renamed.set(name, step);
      renamed.set(results[i], step);
    });
    return [own, ...joined];
  });
}

/** Products that multiply different steps of one sequence by the same weights. */
interface Group {
  readonly unpack: GraphNode;
  readonly products: readonly GraphNode[];
  /** For each product, the number of its step. */
  readonly steps: readonly number[];
}

/** Returns the groups that are worth joining, keyed by the name of their first product. */
function findGroups(
  nodes: readonly GraphNode[],
  uses: Uses,
  shapes: GrowingShapes,
): ReadonlyMap<string, Group> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const keyOf = ({ operation, inputs, attributes }: GraphNode) => {
    const unpack = operation === "MatMul" ? byName.get(nodeOf(inputs[0])) : undefined;
    const isStep = unpack?.operation === "Unpack" && unpack.attributes.axis.value === 0 &&
      attributes.T.value === dataTypes.float32 && !attributes.transpose_a?.value;
    return isStep ? `${unpack.name} ${inputs[1]} ${attributes.transpose_b?.value}` : undefined;
  };
  const found = new Map<string, Group>();
  for (const [key, products] of Map.groupBy(nodes, keyOf)) {
    const isPossible = key !== undefined && products.length >= LEAST_STEPS &&
      products.every(({ name, inputs }) =>
        inputs.length === 2 && !uses.get(name)?.includes(undefined) &&
        shapes.get(name)?.length === 2 && shapes.get(inputs[0])?.length === 2
      );
    if (!isPossible) continue;
    const steps = products.map(({ inputs }) => Number(inputs[0].split(":")[1] ?? 0));
    const unpack = byName.get(nodeOf(products[0].inputs[0]))!;
    found.set(products[0].name, { unpack, products, steps });
  }
  return found;
}

/**
 * If the only use of each product is the addition of a bias, and this bias is the same for all
 * products, returns the first of these additions.
 */
function biasOf(products: readonly GraphNode[], uses: Uses): GraphNode | undefined {
  const added = products.map(({ name }) => {
    const [use, ...more] = uses.get(name) ?? [];
    const isBias = more.length === 0 && use?.operation === "BiasAdd" && use.inputs.length === 2 &&
      use.inputs[0] === name;
    return isBias && !uses.get(use.name)?.includes(undefined) ? use : undefined;
  });
  return added.every((one) => one && one.inputs[1] === added[0]!.inputs[1]) ? added[0] : undefined;
}

/**
 * Returns nodes that compute all products of a group. The last node outputs one tensor per step.
 */
function joinGroup(
  { unpack, products: [first] }: Group,
  bias: string | undefined,
  shapes: GrowingShapes,
): GraphNode[] {
  const base = `${first.name}/steps`;
  const [rows, columns] = shapes.get(first.name)!;
  const depth = shapes.get(first.inputs[0])![1];
  const count = Number(unpack.attributes.num.value);
  const nodes: GraphNode[] = [];
  const push = (node: GraphNode, shape: readonly number[]) => {
    nodes.push(node);
    shapes.set(node.name, shape);
    return node.name;
  };
  const reshape = (name: string, tensor: string, shape: readonly number[]) => {
    const [sizes, node] = reshapeNodes(name, tensor, shape);
    push(sizes, [shape.length]);
    return push(node, shape);
  };
  const all = reshape(`${base}_rows`, unpack.inputs[0], [count * rows, depth]);
  const matrix = [count * rows, columns];
  const product = { ...first, name: `${base}_product`, inputs: [all, first.inputs[1]] };
  let result = push(product, matrix);
  if (bias !== undefined) {
    const name = `${base}_bias`;
    const inputs = [result, bias];
    result = push({ name, operation: "BiasAdd", inputs, attributes: { T: float32Type } }, matrix);
  }
  const sequence = reshape(`${base}_sequence`, result, [count, rows, columns]);
  const attributes = {
    num: { kind: "int", value: count },
    T: float32Type,
    axis: { kind: "int", value: 0 },
  } as const;
  push({ name: base, operation: "Unpack", inputs: [sequence], attributes }, [rows, columns]);
  for (let step = 1; step < count; step++) shapes.set(stepOf(base, step), [rows, columns]);
  return nodes;
}

/** Returns the name of one output of an Unpack node. */
function stepOf(unpack: string, step: number): string {
  return step === 0 ? unpack : `${unpack}:${step}`;
}
