/** The parts of a traced call. */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import type { Rate, UsedOptimizer } from "./optimizers.ts";
import type { Place } from "./place.ts";

/** A tensor that is fed to a trace: an argument or a captured tensor. */
export interface TracedInput {
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** An argument of a trace. */
export interface TracedArgument extends TracedInput {
  readonly position: number;
}

/** A tensor that a function uses but does not receive as an argument. */
export interface TracedCapture extends TracedInput {
  readonly dataId: tf.DataId;
  /** Returns the data id of the tensor to feed now; missing if the tensor never changes. */
  readonly current?: () => tf.DataId;
}

/** The record of a call. Its names lack the prefix that a program adds. */
export interface RecordedCall {
  readonly nodes: readonly GraphNode[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedArgument[];
  /** Captured tensors. Like arguments, they are fed in each run. */
  readonly captured: readonly TracedCapture[];
  /** Variables that are read or assigned. */
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
   * Returns whether the trace can be used now. Its optimizers must be unchanged, except for their
   * step counts and the learning rates that are fed to the graph, and the same variables must be
   * trainable as when the call was traced.
   */
  readonly isValid: () => boolean;
  /** The ids of tensors that the function used but neither made nor received. */
  readonly surroundings: ReadonlySet<number>;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /** The input name for the variable itself in nodes that change it in place. */
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
  /** The variable's last in-place update, if there was one. */
  readonly updated: InPlaceUpdate | undefined;
}
