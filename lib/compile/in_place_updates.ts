/**
 * Handles operations that change a variable in place, such as ResourceApplyAdam. Such an operation
 * must wait until all uses of the variable's old value have run. Without this ordering, the results
 * would still be correct. But TensorFlow would have to copy a value that is still in use, and
 * copying takes time.
 */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "./graph_def.ts";
import { float32Type } from "./make_nodes.ts";
import { nodeOf } from "./stand_ins.ts";

/** An operation that changes variables in place. */
export interface InPlaceOperation {
  readonly operation: string;
  /** The variables to change, which are the operation's first inputs. */
  readonly variables: readonly tf.Variable[];
  /** The inputs that follow the variables. */
  readonly inputs: readonly tf.Tensor[];
}

/** The state of a variable after an in-place update. */
export interface InPlaceUpdate {
  readonly node: string;
  /** The name of the node that reads the variable's new value. */
  readonly value: string;
}

/** A variable that an operation will change. */
export interface UpdatedVariable {
  readonly index: number;
  readonly value: string;
  /**
   * The name of the node that reads the variable's value at the start of the call; undefined if
   * there is no such node.
   */
  readonly read: string | undefined;
}

/**
 * Returns the name of the input that stands for a variable itself. A node that changes the variable
 * has this input, because it needs the variable itself and not just the variable's value.
 */
export function handleOf(index: number): string {
  return `@${index}`;
}

export class InPlaceUpdates {
  readonly #last = new Map<number, InPlaceUpdate>();

  /** Returns the latest in-place update of a variable, or undefined if there has been none. */
  of(index: number): InPlaceUpdate | undefined {
    return this.#last.get(index);
  }

  /**
   * Adds an in-place update, and returns the nodes that perform it.
   *
   * @param before the nodes that have been recorded so far
   * @param inputs the names of the operation's other inputs, which come after the variables
   */
  add(
    before: readonly GraphNode[],
    operation: string,
    variables: readonly UpdatedVariable[],
    inputs: readonly string[],
  ): GraphNode[] {
    const nodes: GraphNode[] = [];
    const after = new Set<string>();
    const name = `${operation}_${before.length}`;
    const needed = ancestorsOf(inputs, before);
    for (const { index, value, read } of variables) {
      const held = this.#last.get(index)?.value ?? read;
      if (value === held) {
        for (const { name, inputs } of before) {
          if (inputs.includes(value) && !needed.has(name)) after.add(name);
        }
        if (!needed.has(nodeOf(value))) after.add(nodeOf(value));
        continue;
      }
      // The function has assigned a new value to the variable. The variable must receive this value
      // before the operation changes it.
      const assign = `${name}_assign${index}`;
      nodes.push({
        name: assign,
        operation: "AssignVariableOp",
        inputs: [handleOf(index), value, ...(held ? [`^${held}`] : [])],
        attributes: { dtype: float32Type },
      });
      after.add(assign);
    }
    nodes.push({
      name,
      operation,
      inputs: [
        ...variables.map(({ index }) => handleOf(index)),
        ...inputs,
        ...[...after].map((node) => `^${node}`),
      ],
      attributes: { T: float32Type },
    });
    for (const { index } of variables) {
      const value = `${name}_read${index}`;
      nodes.push({
        name: value,
        operation: "ReadVariableOp",
        inputs: [handleOf(index), `^${name}`],
        attributes: { dtype: float32Type },
      });
      this.#last.set(index, { node: name, value });
    }
    return nodes;
  }
}

/** Returns the names of the nodes that the given tensors depend on. */
function ancestorsOf(
  tensors: readonly string[],
  nodes: readonly GraphNode[],
): ReadonlySet<string> {
  const found = new Set(tensors.map(nodeOf));
  for (const { name, inputs } of nodes.toReversed()) {
    if (!found.has(name)) continue;
    for (const input of inputs) found.add(nodeOf(input));
  }
  return found;
}
