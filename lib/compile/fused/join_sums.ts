/**
 * Turns a sum of products into one product. A recurrent layer uses its weights at each step of a
 * sequence, so the gradient of the weights is a sum with one product per step. A₁ᵀB₁ + A₂ᵀB₂ + …
 * equals AᵀB, where A contains the rows of A₁, A₂, …, and B those of B₁, B₂, …. One large product
 * takes much less time than many small ones. The gradients of biases are sums over rows, and are
 * joined in the same way.
 */
import { dataTypes, type GraphNode } from "../graph_def.ts";
import { concatNode, float32Type, int32Constant } from "../make_nodes.ts";
import { isLastAxis } from "../read_constants.ts";
import type { GrowingShapes } from "./simplify.ts";
import { type Uses, usesOf } from "./uses.ts";

/**
 * Sums with fewer terms than this are left alone: joining copies the terms' inputs, which costs as
 * much as a few small products.
 */
const LEAST_TERMS = 4;

/**
 * Returns an equivalent graph in which sums of products are joined. The old nodes remain, although
 * nothing uses them.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param shapes the shapes of the tensors; the shapes of new tensors are added
 * @param needed tensors that are needed outside the graph
 */
export function joinSums(
  nodes: readonly GraphNode[],
  shapes: GrowingShapes,
  needed: ReadonlySet<string>,
): GraphNode[] {
  const uses = usesOf(nodes, needed);
  const graph = new JoinedSums(nodes, shapes, uses);
  for (const node of nodes) {
    const [use, ...more] = uses.get(node.name) ?? [];
    const isPart = more.length === 0 && use !== undefined && isSum(use);
    if (!isSum(node) || isPart || !graph.addSum(node)) graph.nodes.push(node);
  }
  return graph.nodes;
}

class JoinedSums {
  readonly nodes: GraphNode[] = [];
  readonly #shapes: GrowingShapes;
  readonly #byName: ReadonlyMap<string, GraphNode>;
  readonly #uses: Uses;
  /** Maps each list of tensors to the tensor that contains all their rows. */
  readonly #joined = new Map<string, string>();
  #axis: string | undefined;

  constructor(nodes: readonly GraphNode[], shapes: GrowingShapes, uses: Uses) {
    this.#byName = new Map(nodes.map((node) => [node.name, node]));
    this.#shapes = shapes;
    this.#uses = uses;
  }

  /**
   * Adds nodes that compute a sum; the last of these nodes has the sum's name.
   *
   * @returns false, without adding any nodes, if the sum is not worth joining
   */
  addSum(sum: GraphNode): boolean {
    const terms = this.#termsOf(sum);
    const shape = this.#shapes.get(sum.name);
    // Terms of other shapes are added to each row or column.
    const isPlain = shape && terms.every((term) => `${this.#shapes.get(term)}` === `${shape}`);
    if (!isPlain || !this.#isWorthJoining(terms)) return false;
    this.#add(sum.name, terms, shape);
    return true;
  }

  #termsOf(sum: GraphNode): string[] {
    return sum.inputs.flatMap((input) => {
      const term = this.#usedOnce(input);
      return term && isSum(term) ? this.#termsOf(term) : [input];
    });
  }

  /** Returns the node of a tensor that is used only once. */
  #usedOnce(tensor: string): GraphNode | undefined {
    return this.#uses.get(tensor)?.length === 1 ? this.#byName.get(tensor) : undefined;
  }

  #isWorthJoining(terms: readonly string[]): boolean {
    return this.#groupsOf(terms).some(({ key }) => key !== OTHERS);
  }

  /** Groups terms that can be joined. The last group has those that cannot. */
  #groupsOf(terms: readonly string[]): { readonly key: string; readonly terms: string[] }[] {
    const kinds = [...Map.groupBy(terms, (term) => this.#kindOf(term))];
    const { joined = [], others = [] } = Object.groupBy(
      kinds,
      ([kind, all]) => this.#canJoin(kind, all) ? "joined" : "others",
    );
    return [
      ...joined.map(([key, terms]) => ({ key, terms })),
      { key: OTHERS, terms: others.flatMap(([, terms]) => terms) },
    ];
  }

  #canJoin(kind: string, terms: readonly string[]): boolean {
    if (kind === OTHERS || terms.length < LEAST_TERMS) return false;
    return !kind.startsWith("ConcatV2") ||
      this.#piecesOf(terms).some((pieces) => this.#isWorthJoining(pieces));
  }

  /** Returns a key that is equal for terms that can be joined. */
  #kindOf(term: string): string {
    const node = this.#usedOnce(term);
    switch (node?.operation) {
      case "MatMul": {
        const { transpose_a: a, transpose_b: b } = node.attributes;
        return a?.value && !b?.value && this.#hasMatrices(node) ? node.operation : OTHERS;
      }
      case "BiasAddGrad":
        return this.#hasMatrices(node) ? node.operation : OTHERS;
      case "ConcatV2":
        return this.#kindOfConcatenation(node);
      default:
        return OTHERS;
    }
  }

  #kindOfConcatenation({ operation, inputs }: GraphNode): string {
    const shapes = inputs.slice(0, -1).map((input) => `[${this.#shapes.get(input)}]`);
    return [operation, inputs.at(-1), ...shapes].join();
  }

  #hasMatrices({ inputs }: GraphNode): boolean {
    return inputs.every((input) => this.#shapes.get(input)?.length === 2);
  }

  /** Returns the first inputs of all terms, then their second inputs, and so on. */
  #piecesOf(terms: readonly string[]): string[][] {
    const inputs = terms.map((term) => this.#byName.get(term)!.inputs.slice(0, -1));
    return inputs[0].map((_, i) => inputs.map((list) => list[i]));
  }

  /** Adds nodes that add up terms. The last node has the given name. */
  #add(name: string, terms: readonly string[], shape: readonly number[]): void {
    const groups = this.#groupsOf(terms);
    const others = groups.pop()!.terms;
    const parts = groups.length + others.length;
    const totals = groups.map(({ terms }, i) => {
      const total = parts === 1 ? name : `${name}/joined${i}`;
      this.#addGroup(total, terms, shape);
      return total;
    });
    [...totals, ...others].reduce((a, b, i) => {
      const sum = i === parts - 1 ? name : `${name}/sum${i}`;
      this.#push(
        { name: sum, operation: "AddV2", inputs: [a, b], attributes: { T: float32Type } },
        shape,
      );
      return sum;
    });
  }

  #addGroup(name: string, terms: readonly string[], shape: readonly number[]): void {
    const first = this.#byName.get(terms[0])!;
    const { operation, attributes } = first;
    if (operation !== "ConcatV2") {
      const inputs = first.inputs.map((_, i) =>
        this.#joinRows(`${name}/rows${i}`, terms.map((term) => this.#byName.get(term)!.inputs[i]))
      );
      return this.#push({ name, operation, inputs, attributes }, shape);
    }
    const totals = this.#piecesOf(terms).map((pieces, i) => {
      const total = `${name}/piece${i}`;
      this.#add(total, pieces, this.#shapes.get(pieces[0])!);
      return total;
    });
    this.#push({ name, operation, inputs: [...totals, first.inputs.at(-1)!], attributes }, shape);
  }

  /** Returns the name of a tensor with the rows of several matrices. */
  #joinRows(name: string, matrices: readonly string[]): string {
    const key = matrices.join();
    const known = this.#joined.get(key);
    if (known) return known;
    this.#joined.set(key, name);
    const shapes = matrices.map((matrix) => this.#shapes.get(matrix)!);
    const rows = shapes.reduce((sum, [rows]) => sum + rows, 0);
    const shape = [rows, shapes[0][1]];
    const columns = this.#columnsOf(matrices);
    if (columns) {
      const inputs = columns.pieces.map((pieces, i) => this.#joinRows(`${name}/${i}`, pieces));
      this.#push({ ...columns.node, name, inputs: [...inputs, columns.axis] }, shape);
      return name;
    }
    this.#push(concatNode(name, matrices, this.#firstAxis()), shape);
    return name;
  }

  /**
   * If all matrices are made by concatenating columns in the same way, and are used only in sums
   * over rows, returns the pieces from which they are made. Their rows are joined first, because
   * other products need the joined rows of the same pieces.
   */
  #columnsOf(matrices: readonly string[]) {
    const nodes = matrices.map((matrix) => this.#byName.get(matrix));
    const areColumns = nodes.every((node) =>
      node?.operation === "ConcatV2" && this.#uses.get(node.name)!.every(isOverRows)
    );
    const [node] = nodes;
    const axis = node?.inputs.at(-1);
    if (!areColumns || !node || !axis) return undefined;
    const isSame = new Set(nodes.map((node) => this.#kindOfConcatenation(node!))).size === 1;
    if (!isSame || !isLastAxis(this.#byName.get(axis), 2)) return undefined;
    return { node, axis, pieces: this.#piecesOf(matrices) };
  }

  #firstAxis(): string {
    if (this.#axis === undefined) {
      this.#axis = "rows_of_steps";
      this.#push(int32Constant(this.#axis, [], [0]), []);
    }
    return this.#axis;
  }

  #push(node: GraphNode, shape: readonly number[]): void {
    this.nodes.push(node);
    this.#shapes.set(node.name, shape);
  }
}

/** The key of terms that cannot be joined. */
const OTHERS = "others";

/** Returns whether a node adds up the rows of its inputs. */
function isOverRows(node: GraphNode | undefined): boolean {
  return node?.operation === "BiasAddGrad" ||
    (node?.operation === "MatMul" && node.attributes.transpose_a?.value === true &&
      node.attributes.transpose_b?.value !== true);
}

function isSum({ operation, attributes }: GraphNode): boolean {
  return (operation === "Add" || operation === "AddV2") &&
    attributes.T?.value === dataTypes.float32;
}
