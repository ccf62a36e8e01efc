/**
 * Joins equal operations on neighbouring pieces of a tensor into one operation. The results have
 * the same bits, and a graph with fewer operations loads and runs faster.
 *
 * Recurrent layers need this. Such a layer computes all its gates with one matrix product, splits
 * the product into gates, and applies the same function to several gates:
 *
 * |               | in tfjs                      | here                |
 * | :------------ | :--------------------------- | :------------------ |
 * | forward pass  | split, then f of each piece  | f, then split       |
 * | backward pass | g of each piece, concatenate | concatenate, then g |
 */
import type { GraphNode } from "../graph_def.ts";
import { concatNode, int32Constant, int32Type, typeAttribute } from "../make_nodes.ts";
import { constantOf, isLastAxis } from "../read_constants.ts";
import { kindOf } from "../share_nodes.ts";
import { findPieces, type Pieces } from "./find_pieces.ts";
import { nodeOf } from "../stand_ins.ts";
import type { GrowingShapes } from "./simplify.ts";
import { type Uses, usesOf } from "./uses.ts";

/**
 * Returns an equivalent graph in which equal operations on neighbouring pieces are joined. Some old
 * nodes remain, although nothing uses them.
 *
 * @param nodes ordered so that each node follows its inputs
 * @param shapes the shapes of the tensors; the shapes of new tensors are added
 * @param needed tensors that are needed outside the graph
 */
export function joinPieces(
  nodes: readonly GraphNode[],
  shapes: GrowingShapes,
  needed: ReadonlySet<string>,
): GraphNode[] {
  const kept = needed.union(keptNames(nodes));
  const graph = new JoinedPieces(nodes, shapes, kept);
  for (const node of nodes) graph.add(node);
  return graph.nodes;
}

/**
 * Returns the names of nodes that must not be joined. Some are nodes for which other nodes wait.
 * The others feed a ReLU: TensorFlow would fuse them with it, so keepDomains must find them.
 */
function keptNames(nodes: readonly GraphNode[]): ReadonlySet<string> {
  const names = nodes.flatMap(({ operation, inputs }) =>
    operation.startsWith("Relu") ? inputs : inputs.filter((input) => input.startsWith("^"))
  );
  return new Set(names.map(nodeOf));
}

/** Operations of the backward pass that can be applied after a concatenation of their inputs. */
const movable = new Set(["Mul", "Select"]);

class JoinedPieces {
  readonly nodes: GraphNode[] = [];
  readonly #shapes: GrowingShapes;
  readonly #byName: ReadonlyMap<string, GraphNode>;
  readonly #uses: Uses;
  readonly #pieces: ReadonlyMap<string, Pieces>;
  /** Maps tensors of the old graph to equal tensors of the new graph. */
  readonly #renamed = new Map<string, string>();
  /** Maps lists of tensors to the tensors that contain them side by side. */
  readonly #joined = new Map<string, string>();
  /** The names of the constants and joined operations that were added. */
  readonly #added = new Set<string>();
  readonly #taken: Set<string>;

  /** @param kept tensors that must keep their names */
  constructor(nodes: readonly GraphNode[], shapes: GrowingShapes, kept: ReadonlySet<string>) {
    this.#shapes = shapes;
    this.#byName = new Map(nodes.map((node) => [node.name, node]));
    this.#uses = usesOf(nodes, kept);
    this.#pieces = findPieces(nodes, shapes, kept);
    const wholes = this.#pieces.values().map(({ whole }) => whole);
    this.#taken = new Set([...this.#byName.keys(), ...wholes]);
  }

  add(node: GraphNode): void {
    const pieces = this.#pieces.get(node.name);
    if (!pieces?.isJoined) return this.#addOther(node);
    const { tensors, whole } = pieces;
    if (this.#added.has(whole)) return;
    this.#added.add(whole);
    const members = tensors.map((tensor) => this.#byName.get(tensor)!);
    const inputs = node.inputs.map((input, i) =>
      this.#pieces.has(input) ? this.#joinPieces(members.map(({ inputs }) => inputs[i]))! : input
    );
    this.#push({ ...node, name: whole, inputs }, tensors);
  }

  #addOther(node: GraphNode): void {
    const inputs = node.operation === "ConcatV2" ? this.#shorten(node) : node.inputs;
    const [tensor, ...more] = inputs;
    if (node.operation === "ConcatV2" && more.length === 1) {
      this.#renamed.set(node.name, tensor);
      return;
    }
    const { N } = node.attributes;
    const count = N && { N: { kind: "int", value: inputs.length - 1 } as const };
    const attributes = inputs === node.inputs ? node.attributes : { ...node.attributes, ...count };
    this.nodes.push({ ...node, inputs: inputs.map((input) => this.#rename(input)), attributes });
  }

  /** Returns the inputs of a concatenation, with joined tensors in place of their pieces. */
  #shorten({ name, inputs }: GraphNode): readonly string[] {
    const axis = this.#byName.get(inputs.at(-1)!);
    const isLast = isLastAxis(axis, this.#shapes.get(name)?.length);
    if (!isLast || this.#uses.get(name)?.includes(undefined)) return inputs;
    const runs = runsOf(inputs.slice(0, -1), (tensor) => this.#kindToMove(tensor));
    const shorter = runs.flatMap((run) => {
      const joined = run.length > 1 ? this.#move(run) : undefined;
      return joined ?? run;
    });
    return [...shorter, inputs.at(-1)!];
  }

  /**
   * Returns a key: one operation on joined inputs can compute all tensors with the same key.
   * Returns undefined if the tensor must be computed separately.
   */
  #kindToMove(tensor: string): string | undefined {
    const node = this.#byName.get(tensor);
    const uses = this.#uses.get(tensor) ?? [];
    const isInner = uses.length === 1 || uses.every((use) => use?.operation === "ConcatV2");
    return node && movable.has(node.operation) && isInner ? kindOf(node) : undefined;
  }

  /**
   * Adds one operation that computes all the tensors side by side, and returns its name. Returns
   * undefined if more than one of its inputs would have to be concatenated first, or if an input is
   * broadcast, because a concatenation would then have the wrong shape.
   */
  #move(tensors: readonly string[]): string | undefined {
    const key = tensors.join();
    const known = this.#joined.get(key);
    if (known !== undefined) return known;
    const members = tensors.map((tensor) => this.#byName.get(tensor)!);
    const columns = members[0].inputs.map((_, i) => members.map(({ inputs }) => inputs[i]));
    if (columns.some((column) => !this.#sharedScalar(column) && !this.#fit(column, tensors))) {
      return undefined;
    }
    const found = columns.map((column) =>
      this.#shared(column) ?? this.#joinPieces(column) ?? this.#joinMoved(column)
    );
    if (found.filter((input) => input === undefined).length > 1) return undefined;
    const inputs = found.map((input, i) => input ?? this.#concatenate(columns[i]));
    const name = this.#unusedName(`${tensors[0]}/joined`);
    this.#joined.set(key, name);
    return this.#push({ ...members[0], name, inputs }, tensors);
  }

  #joinMoved(tensors: readonly string[]): string | undefined {
    const [kind, ...others] = tensors.map((tensor) => this.#kindToMove(tensor));
    const isOneKind = kind !== undefined && others.every((other) => other === kind);
    return isOneKind && new Set(tensors).size > 1 ? this.#move(tensors) : undefined;
  }

  /** Returns whether the inputs have the same shapes as the results of their operations. */
  #fit(inputs: readonly string[], results: readonly string[]): boolean {
    return inputs.every((input, i) => {
      const shape = this.#shapes.get(input);
      return shape !== undefined && `${shape}` === `${this.#shapes.get(results[i])}`;
    });
  }

  /**
   * Returns the input that replaces several equal inputs: the same scalar, or a larger tensor
   * filled with the same number. Returns undefined for other inputs.
   */
  #shared(tensors: readonly string[]): string | undefined {
    const scalar = this.#sharedScalar(tensors);
    if (scalar !== undefined) return scalar;
    const [tensor, ...others] = tensors;
    const node = this.#byName.get(tensor);
    if (node?.operation !== "Fill" || others.some((other) => other !== tensor)) return undefined;
    const shape = this.#shapeOf(tensors);
    const name = `${tensor}/${shape.join("x")}`;
    if (this.#shapes.has(name)) return name;
    const sizes = this.#constant([shape.length], shape);
    return this.#push({ ...node, name, inputs: [sizes, node.inputs[1]] }, tensors);
  }

  #sharedScalar([tensor, ...others]: readonly string[]): string | undefined {
    const isScalar = constantOf(this.#byName.get(tensor))?.shape.length === 0;
    return isScalar && others.every((other) => other === tensor) ? tensor : undefined;
  }

  /** If the tensors are neighbouring pieces, returns a tensor that contains them side by side. */
  #joinPieces(tensors: readonly string[]): string | undefined {
    const pieces = this.#pieces.get(tensors[0]);
    const from = pieces?.tensors.indexOf(tensors[0]) ?? 0;
    const isRun = tensors.every((tensor, i) => tensor === pieces?.tensors[from + i]);
    if (!pieces || !isRun) return undefined;
    if (tensors.length === pieces.tensors.length) return this.#rename(pieces.whole);
    const key = tensors.join();
    const known = this.#joined.get(key);
    if (known !== undefined) return known;
    const parts = pieces.tensors.map((tensor) => [tensor]);
    parts.splice(from, tensors.length, [...tensors]);
    const outputs = this.#split(pieces, parts);
    this.#joined.set(key, outputs[from]);
    return outputs[from];
  }

  /** Returns the name that a tensor has in the new graph. */
  #rename(tensor: string): string {
    const pieces = this.#pieces.get(tensor);
    if (pieces?.isJoined && !this.#renamed.has(tensor)) {
      this.#split(pieces, pieces.tensors.map((piece) => [piece]));
    }
    return this.#renamed.get(tensor) ?? tensor;
  }

  /** Splits a tensor into parts, each of which consists of one or more pieces. */
  #split({ whole, tensors, axis, dataType }: Pieces, parts: readonly string[][]): string[] {
    const name = this.#unusedName(`${tensors[0].replace(":", "_")}/parts${parts.length}`);
    const shapes = parts.map((part) => this.#shapeOf(part));
    const sizes = this.#constant([parts.length], shapes.map((one) => one.at(-1)!));
    const attributes = {
      T: typeAttribute(dataType),
      Tlen: int32Type,
      num_split: { kind: "int", value: parts.length },
    } as const;
    this.nodes.push({
      name,
      operation: "SplitV",
      inputs: [this.#rename(whole), sizes, axis],
      attributes,
    });
    return parts.map((part, i) => {
      const output = i === 0 ? name : `${name}:${i}`;
      this.#shapes.set(output, shapes[i]);
      if (part.length === 1) this.#renamed.set(part[0], output);
      return output;
    });
  }

  #concatenate(tensors: readonly string[]): string {
    const name = this.#unusedName(`${tensors[0].replace(":", "_")}/beside`);
    const axis = this.#constant([], [this.#shapes.get(tensors[0])!.length - 1]);
    const renamed = tensors.map((tensor) => this.#rename(tensor));
    return this.#push(concatNode(name, renamed, axis), tensors);
  }

  /** Returns the name of an integer constant. Equal constants are added only once. */
  #constant(shape: readonly number[], values: readonly number[]): string {
    const name = `pieces/${["constant", shape.length, ...values].join("_")}`;
    if (!this.#added.has(name)) this.nodes.push(int32Constant(name, shape, values));
    this.#added.add(name);
    return name;
  }

  #unusedName(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.#taken.has(name); i++) name = `${wanted}${i}`;
    this.#taken.add(name);
    return name;
  }

  /** Returns the shape of the tensor that contains these tensors side by side. */
  #shapeOf(tensors: readonly string[]): number[] {
    const shapes = tensors.map((tensor) => this.#shapes.get(tensor)!);
    return [...shapes[0].slice(0, -1), shapes.reduce((sum, shape) => sum + shape.at(-1)!, 0)];
  }

  /** Adds a node whose output contains these tensors side by side, and returns its name. */
  #push(node: GraphNode, tensors: readonly string[]): string {
    this.nodes.push(node);
    this.#shapes.set(node.name, this.#shapeOf(tensors));
    return node.name;
  }
}

/**
 * Divides a list into runs of tensors of the same kind. A tensor without a kind is a run itself.
 */
function runsOf(
  tensors: readonly string[],
  kindOf: (tensor: string) => string | undefined,
): string[][] {
  const runs: string[][] = [];
  let last: string | undefined;
  for (const tensor of tensors) {
    const kind = kindOf(tensor);
    if (kind !== undefined && kind === last) runs.at(-1)!.push(tensor);
    else runs.push([tensor]);
    last = kind;
  }
  return runs;
}
