/** Defines the parts of a traced call. */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import type { Rate, UsedOptimizer } from "./optimizers.ts";
import type { Place } from "./place.ts";

/** A tensor that is fed to a trace: an argument or a captured tensor. */
export interface TracedInput {
  /** The name of its node in the trace. */
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** An argument of a trace. */
export interface TracedArgument extends TracedInput {
  /** The position of the argument in the call. */
  readonly position: number;
}

/** A captured tensor: one that a function uses but does not receive as an argument. */
export interface TracedCapture extends TracedInput {
  readonly dataId: tf.DataId;
  /**
   * Returns the data id of the tensor to feed now. Set only if another tensor can take this one's
   * place.
   */
  readonly current?: () => tf.DataId;
}

/** The record of a call. The names in it do not have the prefix that a program adds. */
export interface RecordedCall {
  readonly nodes: readonly GraphNode[];
  /** Maps the names of tensors to their shapes. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedArgument[];
  /** Captured tensors. Like arguments, they are fed in each run. */
  readonly captured: readonly TracedCapture[];
  /** Variables that are read or assigned. */
  readonly variables: readonly TracedVariable[];
  /** The name of each result's tensor, with the result's type and shape. */
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  /** Returns the place from which a node's operation was called. */
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
  /** The name under which the variable is an input of the nodes that change it in place. */
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
