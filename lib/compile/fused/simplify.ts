/**
 * Rewrites a graph so that TensorFlow can use its fused kernels, which combine a matrix product
 * with a bias and an activation (core/grappler/optimizers/remapper.cc). The graph must be rewritten
 * because tfjs writes a matrix product as a batch of one product, with reshapes before and after
 * it.
 */
import { isSameShape } from "../deferred/shapes.ts";
import { type Constant, dataTypes, type GraphNode } from "../graph_def.ts";
import { reshapeNodes } from "../make_nodes.ts";
import { constantOf } from "../read_constants.ts";
import { makeStandIn } from "../stand_ins.ts";

/** The shape of each tensor in a graph, by the name of the tensor. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * The shapes of a graph's tensors; code that rewrites a part of the graph adds the shapes of the
 * new tensors.
 */
export type GrowingShapes = Map<string, readonly number[]>;

/**
 * Returns a simpler graph that computes the same values.
 *
 * @param nodes the nodes of the graph, in an order in which each node follows its inputs
 */
export function simplify(
  nodes: readonly GraphNode[],
  shapes: Shapes,
): { readonly nodes: GraphNode[]; readonly shapes: GrowingShapes } {
  const graph = new Simplified(shapes);
  for (const node of nodes) graph.add(node);
  return graph;
}

class Simplified {
  readonly nodes: GraphNode[] = [];
  readonly shapes: GrowingShapes;
  readonly #byName = new Map<string, GraphNode>();
  /** Maps the name of each superfluous cast to the name of its input. */
  readonly #sames = new Map<string, string>();

  constructor(shapes: Shapes) {
    this.shapes = new Map(shapes);
  }

  add(original: GraphNode): void {
    const inputs = original.inputs.map((input) => this.#shortest(this.#sames.get(input) ?? input));
    const node = { ...original, inputs };
    switch (node.operation) {
      case "BatchMatMulV2":
        return this.#addProduct(node);
      case "Add":
      case "AddV2":
        return this.#addSum(node);
      case "Sum":
        return this.#addTotal(node);
      case "Reshape":
        return this.#addReshape(node);
      case "Cast":
        return this.#addCast(node);
      default:
        return this.#push(node);
    }
  }

  /** Replaces a batch that contains only one matrix product with a plain matrix product. */
  #addProduct(node: GraphNode): void {
    const [a, b] = node.inputs.map((input) => this.#asMatrix(input));
    if (a === undefined || b === undefined) return this.#push(node);
    const product: GraphNode = {
      name: `${node.name}_matrix`,
      operation: "MatMul",
      inputs: [
        this.#toMatrix(`${node.name}_a`, node.inputs[0], a),
        this.#toMatrix(`${node.name}_b`, node.inputs[1], b),
      ],
      attributes: {
        T: node.attributes.T,
        transpose_a: node.attributes.adj_x,
        transpose_b: node.attributes.adj_y,
      },
    };
    const shape = this.shapes.get(node.name)!;
    if (shape.length === 2) return this.#push({ ...product, name: node.name });
    this.#push(product, shape.slice(-2));
    this.#pushReshape(node.name, product.name, shape);
  }

  /**
   * Turns x + (−y) into x − y. Turns x + b into the operation BiasAdd if b has one number per
   * channel.
   */
  #addSum(node: GraphNode): void {
    const negated = node.inputs.map((input) => this.#byName.get(input)).map((input) =>
      input?.operation === "Neg" ? input.inputs[0] : undefined
    );
    const [x, y] = node.inputs;
    const terms = negated[1] !== undefined
      ? [x, negated[1]]
      : negated[0] !== undefined
      ? [y, negated[0]]
      : undefined;
    if (terms) return this.#push({ ...node, operation: "Sub", inputs: terms });
    const [a, b] = node.inputs.map((input) => this.shapes.get(input));
    if (node.attributes.T.value !== dataTypes.float32) return this.#push(node);
    if (isBias(b, a)) return this.#addBias(node, ...node.inputs as Pair);
    if (isBias(a, b)) {
      return this.#addBias(node, ...node.inputs.toReversed() as Pair);
    }
    this.#push(node);
  }

  #addBias(node: GraphNode, x: string, bias: string): void {
    const { name, attributes: { T } } = node;
    const operation = "BiasAdd";
    const matrix = this.#asMatrix(x);
    const shape = this.shapes.get(name)!;
    if (!matrix || shape.length === 2) {
      return this.#push({
        name,
        operation,
        inputs: [x, bias],
        attributes: { T },
      });
    }
    const sum: GraphNode = {
      name: `${name}_matrix`,
      operation,
      inputs: [this.#toMatrix(name, x, matrix), bias],
      attributes: { T },
    };
    this.#push(sum, matrix);
    this.#pushReshape(name, sum.name, shape);
  }

  /**
   * Turns the sum over all axes but the last into the operation BiasAddGrad, which takes a quarter
   * to three quarters of the time of Sum. If the tensor is not a matrix, then it is hidden behind a
   * stand-in, because TensorFlow would fuse BiasAddGrad and the gradient of a convolution's filter
   * into a slower kernel.
   */
  #addTotal(node: GraphNode): void {
    const { name, inputs: [x], attributes: { T, keep_dims } } = node;
    const axes = this.#constantOf(node.inputs[1]);
    const rank = this.shapes.get(x)?.length ?? 0;
    const isGradient = rank > 1 && axes?.length === rank - 1 &&
      axes.every((axis, i) => axis === i) && keep_dims?.value !== true &&
      T.value === dataTypes.float32;
    if (!isGradient) return this.#push(node);
    const total = { name, operation: "BiasAddGrad", attributes: { T } };
    if (rank === 2) return this.#push({ ...total, inputs: [x] });
    const standIn = { ...makeStandIn(x, undefined), name: `${name}_terms` };
    this.#push(standIn, this.shapes.get(x));
    this.#push({ ...total, inputs: [standIn.name] });
  }

  /**
   * Makes later nodes read a cast's input directly if the cast does not change the type. tfjs'
   * gradients contain many such casts.
   */
  #addCast(node: GraphNode): void {
    const { SrcT, DstT } = node.attributes;
    if (SrcT.value === DstT.value) this.#sames.set(node.name, node.inputs[0]);
    this.#push(node);
  }

  /**
   * If a reshape follows other reshapes, makes it read the input of the first of those reshapes
   * directly.
   */
  #addReshape(node: GraphNode): void {
    const [input, shape] = node.inputs;
    this.#push({ ...node, inputs: [this.#origin(input), shape] });
  }

  /**
   * Returns the shape of a matrix, or the shape of the only matrix in a batch. Returns undefined
   * for all other tensors.
   */
  #asMatrix(tensor: string): readonly number[] | undefined {
    const shape = this.shapes.get(tensor);
    if (!shape || shape.length < 2) return undefined;
    return shape.slice(0, -2).every((size) => size === 1) ? shape.slice(-2) : undefined;
  }

  /**
   * Returns the name of a matrix with the same numbers as the given tensor. If there is no such
   * matrix, adds a reshape named `name` to the graph.
   */
  #toMatrix(name: string, tensor: string, shape: readonly number[]): string {
    const source = this.#source(tensor, shape);
    if (isSameShape(this.shapes.get(source), shape)) return source;
    this.#pushReshape(name, source, shape);
    return name;
  }

  /**
   * Follows a tensor back through its reshapes to the nearest tensor that has the given shape.
   * Returns `tensor` itself if there is no such tensor.
   */
  #source(tensor: string, shape: readonly number[]): string {
    let source = tensor;
    for (
      let node = this.#byName.get(source);
      node?.operation === "Reshape";
      node = this.#byName.get(source)
    ) {
      source = node.inputs[0];
      if (isSameShape(this.shapes.get(source), shape)) return source;
    }
    return tensor;
  }

  /**
   * Goes back through the reshapes that produced a tensor, and returns the nearest earlier tensor
   * that has the same shape and therefore the same values. Returns the tensor itself if there is no
   * such tensor.
   */
  #shortest(tensor: string): string {
    const shape = this.shapes.get(tensor);
    return shape ? this.#source(tensor, shape) : tensor;
  }

  /**
   * Follows a tensor back through all its reshapes, and returns the tensor before the first
   * reshape.
   */
  #origin(tensor: string): string {
    const node = this.#byName.get(tensor);
    return node?.operation === "Reshape" ? this.#origin(node.inputs[0]) : tensor;
  }

  #constantOf(tensor: string): Constant["values"] | undefined {
    return constantOf(this.#byName.get(tensor))?.values;
  }

  #pushReshape(name: string, tensor: string, shape: readonly number[]): void {
    const [sizes, node] = reshapeNodes(name, tensor, shape);
    this.#push(sizes, [shape.length]);
    this.#push(node, shape);
  }

  #push(node: GraphNode, shape?: readonly number[]): void {
    this.nodes.push(node);
    this.#byName.set(node.name, node);
    if (shape) this.shapes.set(node.name, shape);
  }
}

type Pair = [string, string];

/**
 * Returns whether a tensor of shape `bias` has one number per channel of a tensor of shape `x`.
 */
function isBias(
  bias: readonly number[] | undefined,
  x: readonly number[] | undefined,
): boolean {
  return x !== undefined && x.length >= 2 && bias?.length === 1 &&
    bias[0] === x[x.length - 1];
}
