/**
 * Operations that change a variable where it is, such as ResourceApplyAdam, put in order with all
 * that reads it.
 *
 * TensorFlow's nodes know no order but that of their inputs. What uses a variable's old value has
 * to be through with it before it changes: not for the result's sake (TensorFlow copies what is
 * still in use), but since the copy costs time.
 */
import type * as tf from "@tensorflow/tfjs";
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { nodeOf } from "./stand_ins.ts";

/** An operation that changes variables where they are. */
export interface InPlaceOperation {
  /** TensorFlow's name of the operation. */
  readonly operation: string;
  /** Its first inputs. */
  readonly variables: readonly tf.Variable[];
  /** Its other inputs. */
  readonly inputs: readonly tf.Tensor[];
}

/** The state of a variable after an update in place. */
export interface InPlaceUpdate {
  /** The node that has changed it. */
  readonly node: string;
  /** The node that reads its new value. */
  readonly value: string;
}

/** A variable that an operation is to change. */
export interface UpdatedVariable {
  readonly index: number;
  /** The tensor that is its present value. */
  readonly value: string;
  /** The node that reads its value at the start of the call, if there is one. */
  readonly read: string | undefined;
}

/** Stands for a variable itself among the inputs of a trace's nodes. */
export function handleOf(index: number): string {
  return `@${index}`;
}

export class InPlaceUpdates {
  readonly #last = new Map<number, InPlaceUpdate>();

  /** A variable's last update. */
  of(index: number): InPlaceUpdate | undefined {
    return this.#last.get(index);
  }

  /**
   * The nodes of an update.
   *
   * @param before the nodes so far
   * @param variables the variables that the operation changes
   * @param inputs the tensors that it takes besides
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
      // Assigned since: the variable has to be brought up to date first.
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
 * The names of the nodes that some tensors are made of: these have run when the tensors are there.
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
