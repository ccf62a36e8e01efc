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
  /** The position of the argument. */
  readonly position: number;
}

/** A captured tensor: one that a function uses but does not receive as an argument. */
export interface TracedCapture extends TracedInput {
  readonly dataId: tf.DataId;
  /**
   * Set if another tensor can take this one's place: returns the data id of the tensor in use now.
   */
  readonly current?: () => tf.DataId;
}

/** The contents of a recorded call. Names do not have the prefix that a program adds. */
export interface RecordedCall {
  readonly nodes: readonly GraphNode[];
  /** The shapes of the nodes' tensors. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedArgument[];
  /** Captured tensors, which are fed at each run, like arguments. */
  readonly captured: readonly TracedCapture[];
  /** Variables that are read or assigned. */
  readonly variables: readonly TracedVariable[];
  /** The tensor of each result. */
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  /** Returns the place that called a node's operation. */
  readonly placeOf: (node: string) => Place | undefined;
}

/** A recorded call that can become a graph. */
export interface Trace extends RecordedCall {
  readonly exact: boolean;
  readonly rates: readonly Rate[];
  readonly optimizers: readonly UsedOptimizer[];
  /** Returns whether optimizers are unchanged, apart from the settings that the graph follows. */
  readonly isValid: () => boolean;
  /** The ids of tensors that the function used but neither made nor received. */
  readonly surroundings: ReadonlySet<number>;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /** The input name by which the nodes that change the variable refer to it. */
  readonly handle: string;
  /**
   * The node that represents its value at the start of the call; undefined if it is only assigned.
   */
  readonly read: string | undefined;
  /** The tensor with its value at the end of the call; undefined if its value does not change. */
  readonly assigned: string | undefined;
  /** Its last in-place update, if there was one. */
  readonly updated: InPlaceUpdate | undefined;
}
