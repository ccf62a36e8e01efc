/**
 * Computes the mean of embedded words without copying their vectors. tfjs gathers a vector for each
 * word of a sentence (tf.layers.embedding), and then takes the mean over the words
 * (tf.layers.globalAveragePooling1d). TensorFlow has one operation for both steps, and one for
 * their gradient. For the gradient, tfjs also needs several operations: it copies the gradient of
 * the mean once for each word, and adds these copies to the words' rows.
 */
import { dataTypes, type GraphNode } from "../graph_def.ts";
import { float32Type, int32Constant, int32Type, reshapeNodes } from "../make_nodes.ts";
import { constantOf } from "../read_constants.ts";
import type { GrowingShapes } from "./simplify.ts";
import { type Uses, usesOf } from "./uses.ts";

/**
 * Returns an equivalent graph that uses TensorFlow's combined operations for the mean of embedded
 * words and for its gradient. The old nodes remain, although nothing uses them.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param shapes the shapes of the tensors; the shapes of new tensors are added
 * @param needed tensors that are needed outside the graph
 */
export function fuseSegmentMeans(
  nodes: readonly GraphNode[],
  shapes: GrowingShapes,
  needed: ReadonlySet<string>,
): GraphNode[] {
  const graph = new SegmentMeans(nodes, shapes, usesOf(nodes, needed));
  return nodes.flatMap((node) =>
    (node.operation === "Mean"
      ? graph.fuseMean(node)
      : node.operation === "UnsortedSegmentSum"
      ? graph.fuseGradient(node)
      : undefined) ?? [node]
  );
}

/**
 * Operations that keep the order of a tensor's numbers; Transpose does so only if it leaves every
 * axis in place.
 */
const passing = new Set(["Reshape", "Transpose"]);

class SegmentMeans {
  readonly #byName: ReadonlyMap<string, GraphNode>;
  readonly #shapes: GrowingShapes;
  readonly #uses: Uses;

  constructor(nodes: readonly GraphNode[], shapes: GrowingShapes, uses: Uses) {
    this.#byName = new Map(nodes.map((node) => [node.name, node]));
    this.#shapes = shapes;
    this.#uses = uses;
  }

  /**
   * Returns new nodes that compute the mean over the words, or undefined if the given node does not
   * compute such a mean.
   */
  fuseMean({ name, inputs, attributes }: GraphNode): GraphNode[] | undefined {
    const [words, axes] = inputs;
    const [sentences, length, depth, ...more] = this.#shapes.get(words) ?? [];
    const gather = this.#origin(words);
    const isMean = depth !== undefined && more.length === 0 && gather?.operation === "GatherV2" &&
      attributes.T.value === dataTypes.float32 && attributes.keep_dims?.value !== true &&
      `${this.#constant(axes)}` === "1";
    if (!isMean) return undefined;
    const [table, ids, axis] = gather.inputs;
    const isTable = this.#shapes.get(table)?.length === 2 && `${this.#constant(axis)}` === "0" &&
      this.#shapes.get(table)![1] === depth && this.#hasInt32(gather, "Tindices");
    if (!isTable) return undefined;
    const segments = this.#addSegments(name, ids, sentences, length);
    return [...segments.nodes, {
      name,
      operation: "SparseSegmentMean",
      inputs: [table, ...segments.names],
      attributes: segmentTypes,
    }];
  }

  /**
   * Returns new nodes that compute the gradient of the table of word vectors, or undefined if the
   * given node does not compute such a gradient.
   */
  fuseGradient(node: GraphNode): GraphNode[] | undefined {
    const { name, inputs: [data, ids, count] } = node;
    const division = this.#origin(data);
    if (division?.operation !== "RealDiv" || !this.#isUsedOnce(division.name)) return undefined;
    const product = this.#byName.get(division.inputs[0]);
    const isCopies = product?.operation === "Mul" && this.#isUsedOnce(product.name) &&
      this.#hasInt32(node, "Tindices") && node.attributes.T.value === dataTypes.float32;
    if (!isCopies) return undefined;
    const [sentences, length, depth, ...more] = this.#shapes.get(product.name) ?? [];
    const gradient = product.inputs.find((input) =>
      `${this.#shapes.get(input)}` === `${[sentences, 1, depth]}`
    );
    const ones = product.inputs.find((input) => input !== gradient);
    const isMean = gradient !== undefined && ones !== undefined && depth !== undefined &&
      more.length === 0 && this.#shapes.get(name)?.length === 2 &&
      this.#shapes.get(name)![1] === depth && this.#constant(ones)?.every((one) => one === 1) &&
      `${this.#constant(division.inputs[1])}` === `${length}` &&
      this.#constant(count) !== undefined;
    if (!isMean) return undefined;
    const segments = this.#addSegments(name, ids, sentences, length);
    const rows = this.#addReshape(`${name}/gradient`, gradient, [sentences, depth]);
    return [...segments.nodes, ...rows, {
      name,
      operation: "SparseSegmentMeanGrad",
      inputs: [`${name}/gradient`, ...segments.names, count],
      attributes: segmentTypes,
    }];
  }

  /**
   * Returns nodes that output the ids of all words and, for each word, the number of its sentence.
   */
  #addSegments(
    name: string,
    ids: string,
    sentences: number,
    length: number,
  ): { readonly nodes: GraphNode[]; readonly names: readonly string[] } {
    const words = sentences * length;
    const [flat, segments] = [`${name}/words`, `${name}/segments`];
    const numbers = Int32Array.from({ length: words }, (_, i) => Math.floor(i / length));
    this.#shapes.set(segments, [words]);
    return {
      nodes: [
        ...this.#addReshape(flat, ids, [words], dataTypes.int32),
        int32Constant(segments, [words], numbers),
      ],
      names: [flat, segments],
    };
  }

  #addReshape(
    name: string,
    tensor: string,
    shape: readonly number[],
    dataType: number = dataTypes.float32,
  ): GraphNode[] {
    this.#shapes.set(name, shape);
    return reshapeNodes(name, tensor, shape, dataType);
  }

  /**
   * Follows a tensor back through reshapes, and through transpositions that move no axis. Returns
   * the node from which the tensor comes, or undefined if this node or a node on the way is used
   * more than once.
   */
  #origin(tensor: string): GraphNode | undefined {
    const node = this.#isUsedOnce(tensor) ? this.#byName.get(tensor) : undefined;
    if (!node || !passing.has(node.operation)) return node;
    const order = node.operation === "Transpose" ? this.#constant(node.inputs[1]) : [];
    return order && order.every((axis, i) => axis === i) ? this.#origin(node.inputs[0]) : undefined;
  }

  #isUsedOnce(tensor: string): boolean {
    return this.#uses.get(tensor)?.length === 1;
  }

  #hasInt32({ attributes }: GraphNode, name: string): boolean {
    return attributes[name]?.value === dataTypes.int32;
  }

  #constant(tensor: string): readonly number[] | undefined {
    const constant = constantOf(this.#byName.get(tensor));
    return constant && Array.from(constant.values);
  }
}

const segmentTypes = {
  T: float32Type,
  Tidx: int32Type,
  Tsegmentids: int32Type,
};
