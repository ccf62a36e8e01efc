/** Defines the types that describe a traced call and its parts. */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import type { Rate, UsedOptimizer } from "./optimizers.ts";
import type { Place } from "./place.ts";

/** A tensor that is fed to the graph of a trace: an argument or a captured tensor. */
export interface TracedInput {
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** An argument of a traced call. */
export interface TracedArgument extends TracedInput {
  readonly position: number;
}

/** A tensor that a function uses but does not receive as an argument. */
export interface TracedCapture extends TracedInput {
  readonly dataId: tf.DataId;
  /**
   * Returns the data id of the tensor to feed in the next run. The function is missing if every run
   * feeds the same tensor.
   */
  readonly current?: () => tf.DataId;
}

/**
 * The record of a call. When a program adds the record to its graph, it puts a prefix before the
 * names of the nodes. The names in the record do not have this prefix.
 */
export interface RecordedCall {
  readonly nodes: readonly GraphNode[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedArgument[];
  /** The captured tensors. Like the arguments, they are fed to the graph in each run. */
  readonly captured: readonly TracedCapture[];
  /** The variables that the call reads or assigns. */
  readonly variables: readonly TracedVariable[];
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  readonly placeOf: (node: string) => Place | undefined;
}

/** A recorded call that can become a graph. */
export interface Trace extends RecordedCall {
  readonly exact: boolean;
  readonly rates: readonly Rate[];
  readonly optimizers: readonly UsedOptimizer[];
  /**
   * Returns whether the trace can be used now. The trainable variables must be the same as when the
   * call was traced, and so must the optimizers, apart from their step counts and the learning
   * rates that are fed to the graph.
   */
  readonly isValid: () => boolean;
  /** The ids of tensors that the function used, but neither created nor received as arguments. */
  readonly surroundings: ReadonlySet<number>;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /**
   * The name of the input that stands for the variable itself, rather than for its value. Nodes
   * that change the variable in place have this input.
   */
  readonly handle: string;
  /**
   * The node that reads the variable's value at the start of the call; undefined if the variable is
   * only assigned.
   */
  readonly read: string | undefined;
  /**
   * The tensor that holds the variable's value at the end of the call; undefined if the call does
   * not change the variable.
   */
  readonly assigned: string | undefined;
  /** The last update that changed the variable in place; undefined if there was none. */
  readonly updated: InPlaceUpdate | undefined;
}
