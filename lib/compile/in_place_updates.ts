/**
 * Fixes the order between an operation that changes a variable in place, such as ResourceApplyAdam,
 * and all reads of that variable. TensorFlow orders nodes only by their inputs. Every use of the
 * old value must finish before the variable changes. The result would be right without this order
 * (TensorFlow copies a value that is still in use), but the copy takes time.
 */
import type * as tf from "@tensorflow/tfjs";
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/** An operation that changes variables in place. */
export interface InPlaceOperation {
  /** TensorFlow's name for the operation. */
  readonly operation: string;
  /** The variables that it changes, which are its first inputs. */
  readonly variables: readonly tf.Variable[];
  /** Its other inputs. */
  readonly inputs: readonly tf.Tensor[];
}

/** The state of a variable after an in-place update. */
export interface InPlaceUpdate {
  /** The node that changed the variable. */
  readonly node: string;
  /** The node that reads the new value. */
  readonly value: string;
}

/** A variable that an operation will change. */
export interface UpdatedVariable {
  readonly index: number;
  /** The tensor with the variable's current value. */
  readonly value: string;
  /** The node that reads the variable's value at the start of the call, if there is one. */
  readonly read: string | undefined;
}

/**
 * Returns the name that a trace's nodes use as an input to refer to a variable itself, rather than
 * to its value.
 */
export function handleOf(index: number): string {
  return `@${index}`;
}

export class InPlaceUpdates {
  readonly #last = new Map<number, InPlaceUpdate>();

  /** Returns the last update of a variable. */
  of(index: number): InPlaceUpdate | undefined {
    return this.#last.get(index);
  }

  /**
   * Adds an update, and returns its nodes.
   *
   * @param before the trace's nodes so far
   * @param variables the variables that the operation changes
   * @param inputs the operation's other inputs
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
      // The variable was assigned in the meantime, so it must first receive that value.
      const assign = `${name}_assign${index}`;
      nodes.push({
        name: assign,
        operation: "AssignVariableOp",
        inputs: [handleOf(index), value, ...(held ? [`^${held}`] : [])],
        attributes: { dtype: float32 },
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
      attributes: { T: float32 },
    });
    for (const { index } of variables) {
      const value = `${name}_read${index}`;
      nodes.push({
        name: value,
        operation: "ReadVariableOp",
        inputs: [handleOf(index), `^${name}`],
        attributes: { dtype: float32 },
      });
      this.#last.set(index, { node: name, value });
    }
    return nodes;
  }
}

/**
 * Returns the names of the nodes that the given tensors depend on. These nodes have run by the time
 * the tensors exist.
 */
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

const float32 = { kind: "type", value: dataTypes.float32 } as const;
