/**
 * Splits a batch into halves for operations that process each row separately. These operations
 * occur in dense layers, activations, dropout, and their gradients with respect to the input.
 *
 * If TensorFlow runs each operation on one thread, a chain of layers keeps only one processor busy.
 * Two chains, each with half of the rows, keep two processors busy and give the same results. An
 * operation that needs all rows, such as the gradient of a weight or batch normalization, receives
 * the joined halves.
 */
import { dataTypes, type GraphNode } from "../graph_def.ts";
import { concatNode, float32Type, int32Constant } from "../make_nodes.ts";
import type { Shapes } from "./simplify.ts";

/**
 * The smallest number of rows for which a batch is split. In a smaller batch, the matrix products
 * of each half would be too thin to be fast.
 */
const LEAST_ROWS = 64;
/**
 * A chain is split only if it has at least this many matrix products. Chains with fewer matrix
 * products are not worth splitting.
 */
const LEAST_PRODUCTS = 2;

/** Operations that always process each row separately. */
const onRows = [
  "BiasAdd",
  "LeakyRelu",
  "LeakyReluGrad",
  "Relu",
  "ReluGrad",
  "Sigmoid",
  "Tanh",
  "TanhGrad",
];
/**
 * Elementwise operations: each number of the result is computed only from the numbers at the
 * corresponding place in the inputs. Such an operation can be split if each of its inputs either
 * contains the rows of the batch or is the same for all rows.
 */
const elementwise = ["Add", "AddV2", "Sub", "Mul", "RealDiv", "Square", "Neg"];

/**
 * Returns the nodes of an equivalent graph in which chains of row-wise operations are split into
 * halves. Also returns the shapes of the tensors in the new graph.
 *
 * @param nodes the nodes of the graph, in an order in which each node follows its inputs
 * @param needed names of the tensors that are needed as a whole outside the graph
 */
export function splitRows(
  nodes: readonly GraphNode[],
  shapes: Shapes,
  needed: ReadonlySet<string>,
): { readonly nodes: readonly GraphNode[]; readonly shapes: Shapes } {
  const rowWise = new Map<string, RowWise>();
  for (const node of nodes) {
    const found = describe(node, shapes);
    if (found) rowWise.set(node.name, found);
  }
  const chains = findChains(rowWise);
  if (chains.size === 0) return { nodes, shapes };
  const wanted = new Set(needed);
  for (const node of nodes) {
    const rows = chains.has(node.name) ? rowWise.get(node.name)!.rows : [];
    node.inputs.forEach((input, i) => {
      if (!rows.includes(i)) wanted.add(input.replace(/^\^/, ""));
    });
  }
  const graph = new SplitGraph(wanted, shapes);
  for (const node of nodes) {
    const part = chains.has(node.name) ? rowWise.get(node.name) : undefined;
    if (part) graph.addHalves(part);
    else graph.nodes.push(node);
  }
  return graph;
}

/** A node that processes each row of a batch separately. */
interface RowWise {
  readonly node: GraphNode;
  /**
   * Positions of the inputs that contain the rows of the batch. All other inputs are the same for
   * each row.
   */
  readonly rows: readonly number[];
}

function describe(node: GraphNode, shapes: Shapes): RowWise | undefined {
  const { name, operation, inputs, attributes } = node;
  const shape = shapes.get(name);
  const count = shape?.length === 2 ? shape[0] : 0;
  const isFloat = attributes.T?.value === dataTypes.float32;
  if (count < LEAST_ROWS || count % 2 !== 0 || !isFloat) return undefined;
  if (operation === "MatMul") {
    return attributes.transpose_a?.value ? undefined : { node, rows: [0] };
  }
  const rows = [...inputs.keys()].filter((i) => {
    const of = shapes.get(inputs[i]);
    return of?.length === 2 && of[0] === count;
  });
  if (rows.length === 0) return undefined;
  if (onRows.includes(operation)) return { node, rows };
  if (!elementwise.includes(operation)) return undefined;
  // An input that all rows share is one number, or one row of numbers.
  const isShared = (input: string) => shapes.get(input)?.slice(0, -1).every((size) => size === 1);
  return inputs.every((input, i) => rows.includes(i) || isShared(input))
    ? { node, rows }
    : undefined;
}

/**
 * Returns the names of all nodes in chains with enough matrix products. A chain is a set of
 * row-wise nodes that are connected by inputs with the rows of the batch.
 */
function findChains(
  rowWise: ReadonlyMap<string, RowWise>,
): ReadonlySet<string> {
  const root = new Map<string, string>();
  const find = (name: string): string => {
    const above = root.get(name) ?? name;
    if (above === name) return name;
    const top = find(above);
    root.set(name, top);
    return top;
  };
  for (const [name, { node, rows }] of rowWise) {
    for (const i of rows) {
      if (rowWise.has(node.inputs[i])) {
        root.set(find(node.inputs[i]), find(name));
      }
    }
  }
  const products = new Map<string, number>();
  for (const [name, { node }] of rowWise) {
    if (node.operation !== "MatMul") continue;
    products.set(find(name), (products.get(find(name)) ?? 0) + 1);
  }
  return new Set(
    [...rowWise.keys()].filter((name) => (products.get(find(name)) ?? 0) >= LEAST_PRODUCTS),
  );
}

class SplitGraph {
  readonly nodes: GraphNode[] = [];
  readonly shapes: Map<string, readonly number[]>;
  readonly #wanted: ReadonlySet<string>;
  readonly #halves = new Map<string, readonly [string, string]>();
  #axis: string | undefined;

  /** @param wanted tensors that some node needs whole */
  constructor(wanted: ReadonlySet<string>, shapes: Shapes) {
    this.#wanted = wanted;
    this.shapes = new Map(shapes);
  }

  addHalves({ node, rows }: RowWise): void {
    const names = [`${node.name}/half0`, `${node.name}/half1`] as const;
    const inputs = node.inputs.map((input, i) =>
      rows.includes(i) ? this.#halvesOf(input) : undefined
    );
    const [count, ...others] = this.shapes.get(node.name)!;
    names.forEach((name, half) => {
      this.nodes.push({
        ...node,
        name,
        inputs: node.inputs.map((input, i) => inputs[i]?.[half] ?? input),
      });
      this.shapes.set(name, [count / 2, ...others]);
    });
    this.#halves.set(node.name, names);
    if (this.#wanted.has(node.name)) this.#addWhole(node, names);
  }

  #halvesOf(tensor: string): readonly [string, string] {
    const known = this.#halves.get(tensor);
    if (known) return known;
    const name = `${tensor.replace(":", "_")}/halves`;
    this.nodes.push({
      name,
      operation: "Split",
      inputs: [this.#firstAxis(), tensor],
      attributes: { num_split: { kind: "int", value: 2 }, T: float32Type },
    });
    const halves = [name, `${name}:1`] as const;
    this.#halves.set(tensor, halves);
    return halves;
  }

  #addWhole(node: GraphNode, halves: readonly [string, string]): void {
    this.nodes.push(concatNode(node.name, halves, this.#firstAxis()));
  }

  #firstAxis(): string {
    if (this.#axis !== undefined) return this.#axis;
    this.#axis = "first_axis";
    this.nodes.push(int32Constant(this.#axis, [], [0]));
    return this.#axis;
  }
}
