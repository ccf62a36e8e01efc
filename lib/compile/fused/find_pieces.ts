/**
 * Finds pieces of tensors to which a graph applies equal operations. An example:
 *
 * ```ts ignore
 * const [a, b, c] = tf.split(x, 3, -1); // pieces 0, 1 and 2 of x
 * const d = a.add(1); // also a piece 0
 * const e = b.add(1); // also a piece 1
 * ```
 *
 * Here d and e are siblings: the same operation computes them from siblings. They are pieces of
 * x + 1, which the graph does not contain yet.
 */
import { dataTypes, type GraphNode } from "../graph_def.ts";
import { constantOf, isLastAxis } from "../read_constants.ts";
import { kindOf } from "../share_nodes.ts";
import type { Shapes } from "./simplify.ts";

/** The pieces of one tensor. */
export interface Pieces {
  /** The tensor that contains the pieces side by side, along its last axis. */
  readonly whole: string;
  /** The pieces, in order. */
  readonly tensors: readonly string[];
  /** Whether the graph lacks `whole`, which would have to be added. */
  readonly isJoined: boolean;
  readonly dataType: number;
  /** The name of the constant node that holds the number of the last axis. */
  readonly axis: string;
}

/**
 * Elementwise operations: each number of the result is computed only from the numbers at the
 * corresponding place in the inputs. They are so simple that each result has the same bits,
 * wherever in the tensor it is computed.
 */
const elementwise = new Set([
  ...["Add", "AddV2", "Equal", "Maximum", "Minimum", "Mul", "RealDiv", "Sub"],
]);

/** Tensors such as a, b and c in the example, or d and e. */
interface Siblings {
  /** Maps the number of each piece to its tensor. */
  readonly tensors: Map<number, string>;
  readonly dataType: number;
  readonly axis: string;
}

/** Identifies a piece by its siblings and its number. */
interface Place {
  readonly siblings: Siblings;
  readonly number: number;
}

/**
 * Finds all pieces in a graph. Returns a map from the name of each piece to the {@linkcode Pieces}
 * that contain it.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param needed tensors that are needed outside the graph
 */
export function findPieces(
  nodes: readonly GraphNode[],
  shapes: Shapes,
  needed: ReadonlySet<string>,
): ReadonlyMap<string, Pieces> {
  const finder = new PieceFinder(nodes, shapes);
  for (const node of nodes) {
    if (node.operation === "SplitV") finder.addSplit(node);
    else if (elementwise.has(node.operation) && !needed.has(node.name)) finder.addOperation(node);
  }
  return finder.pieces();
}

class PieceFinder {
  readonly #shapes: Shapes;
  readonly #byName: ReadonlyMap<string, GraphNode>;
  readonly #splits = new Map<string, Pieces>();
  readonly #places = new Map<string, Place>();
  readonly #siblings = new Map<string, Siblings>();
  /** A number for each group of siblings, for use in keys. */
  readonly #numbers = new Map<Siblings, number>();

  constructor(nodes: readonly GraphNode[], shapes: Shapes) {
    this.#shapes = shapes;
    this.#byName = new Map(nodes.map((node) => [node.name, node]));
  }

  addSplit(node: GraphNode): void {
    const { name, inputs: [whole, , axis], attributes } = node;
    const dataType = Number(attributes.T.value);
    const isLast = isLastAxis(this.#byName.get(axis), this.#shapes.get(name)?.length);
    if (!isLast || dataType !== dataTypes.float32) return;
    const count = Number(attributes.num_split.value);
    const tensors = Array.from({ length: count }, (_, i) => i === 0 ? name : `${name}:${i}`);
    const siblings = { tensors: new Map(tensors.entries()), dataType, axis };
    this.#numbers.set(siblings, this.#numbers.size);
    for (const [number, tensor] of tensors.entries()) {
      this.#places.set(tensor, { siblings, number });
      this.#splits.set(tensor, { whole, tensors, isJoined: false, dataType, axis });
    }
  }

  /**
   * Adds the result of an operation if it is a piece. Its inputs must be pieces that have the same
   * number, or scalars, but not only scalars.
   */
  addOperation(node: GraphNode): void {
    const { name, operation, inputs, attributes } = node;
    const shape = `${this.#shapes.get(name)}`;
    const places = inputs.map((input) => this.#places.get(input));
    const [first, ...others] = places.filter((place) => place !== undefined);
    const isPiece = first && attributes.T?.value === dataTypes.float32 &&
      others.every(({ number }) => number === first.number) &&
      inputs.every((input, i) =>
        places[i] ? `${this.#shapes.get(input)}` === shape : this.#isScalar(input)
      );
    if (!isPiece) return;
    const sources = inputs.map((input, i) =>
      places[i] ? this.#numbers.get(places[i].siblings) : input
    );
    const siblings = this.#siblingsFor(`${kindOf(node)}(${sources})`, {
      dataType: operation === "Equal" ? dataTypes.bool : dataTypes.float32,
      axis: first.siblings.axis,
    });
    if (siblings.tensors.has(first.number)) return;
    siblings.tensors.set(first.number, name);
    this.#places.set(name, { siblings, number: first.number });
  }

  pieces(): ReadonlyMap<string, Pieces> {
    const found = new Map(this.#splits);
    for (const { tensors, ...others } of this.#siblings.values()) {
      for (const run of runsOf(tensors)) {
        const pieces = { whole: `${run[0]}/joined`, tensors: run, isJoined: true, ...others };
        for (const tensor of run) found.set(tensor, pieces);
      }
    }
    return found;
  }

  #siblingsFor(key: string, others: Omit<Siblings, "tensors">): Siblings {
    const known = this.#siblings.get(key);
    if (known) return known;
    const siblings = { tensors: new Map(), ...others };
    this.#siblings.set(key, siblings);
    this.#numbers.set(siblings, this.#numbers.size);
    return siblings;
  }

  #isScalar(tensor: string): boolean {
    const shape = constantOf(this.#byName.get(tensor))?.shape ?? this.#shapes.get(tensor);
    return shape?.length === 0;
  }
}

/** Returns the runs of at least two tensors whose numbers are consecutive. */
function runsOf(tensors: ReadonlyMap<number, string>): string[][] {
  const runs: string[][] = [];
  const numbers = [...tensors.keys()].sort((a, b) => a - b);
  for (const number of numbers) {
    const tensor = tensors.get(number)!;
    if (tensors.has(number - 1)) runs.at(-1)!.push(tensor);
    else runs.push([tensor]);
  }
  return runs.filter(({ length }) => length > 1);
}
