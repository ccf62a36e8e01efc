/** Finds neighbouring pieces of tensors to which a graph applies equal operations. */
import { type Constant, dataTypes, type GraphNode } from "../graph_def.ts";
import { kindOf } from "../share_nodes.ts";
import type { Shapes } from "./simplify.ts";

/** Neighbouring pieces of a tensor. */
export interface Pieces {
  /** The tensor that contains the pieces side by side, along its last axis. */
  readonly whole: string;
  /** The pieces, in order. */
  readonly tensors: readonly string[];
  /** False if the graph makes the pieces by splitting `whole`. */
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

/**
 * The outputs of a SplitV node, or the results of equal operations, each of which uses a different
 * piece of the same tensors.
 */
interface Siblings {
  /** Maps the number of each piece to the tensor that is computed from this piece. */
  readonly tensors: Map<number, string>;
  readonly dataType: number;
  readonly axis: string;
}

/** The place of a tensor among its siblings. */
interface Place {
  readonly siblings: Siblings;
  readonly number: number;
}

/**
 * Maps the name of each piece to the {@linkcode Pieces} that contain it. Neighbouring pieces are
 * the outputs of a SplitV node, or the results of equal operations on neighbouring pieces.
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
  readonly #constants: ReadonlyMap<string, Constant>;
  readonly #splits = new Map<string, Pieces>();
  readonly #places = new Map<string, Place>();
  readonly #siblings = new Map<string, Siblings>();
  /** Assigns a number to each group of siblings, so that keys stay short. */
  readonly #numbers = new Map<Siblings, number>();

  constructor(nodes: readonly GraphNode[], shapes: Shapes) {
    this.#shapes = shapes;
    this.#constants = new Map(
      nodes.flatMap(({ name, attributes: { value } }) =>
        value?.kind === "tensor" ? [[name, value.value]] : []
      ),
    );
  }

  addSplit(node: GraphNode): void {
    const { name, inputs: [whole, , axis], attributes } = node;
    const dataType = Number(attributes.T.value);
    const number = this.#constants.get(axis)?.values[0];
    const rank = this.#shapes.get(name)?.length;
    const isLast = rank !== undefined && (number === -1 || number === rank - 1);
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
   * Adds an operation if at least one of its inputs is a piece, all the pieces among its inputs
   * have the same number among their siblings, and all its other inputs are scalars.
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
    const shape = this.#constants.get(tensor)?.shape ?? this.#shapes.get(tensor);
    return shape?.length === 0;
  }
}

/**
 * Divides the tensors into runs with consecutive numbers, and returns the runs of at least two
 * tensors.
 */
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
