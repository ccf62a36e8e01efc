/** What a traced call consists of. */
import type * as tf from "@tensorflow/tfjs";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import type { Rate, UsedOptimizer } from "./optimizers.ts";
import type { Place } from "./place.ts";

/** A tensor of a trace that comes from outside. */
export interface TracedInput {
  /** Its name among the trace's nodes. */
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** An argument of a trace. */
export interface TracedArgument extends TracedInput {
  /** Which argument it is. */
  readonly position: number;
}

/** A tensor that a function takes from its surroundings. */
export interface TracedCapture extends TracedInput {
  readonly dataId: tf.DataId;
  /** What stands in its place now, if that may change. */
  readonly current?: () => tf.DataId;
}

/** What a recorded call consists of. Names are without the prefix that a program gives them. */
export interface RecordedCall {
  readonly nodes: readonly GraphNode[];
  /** The shapes of the nodes' tensors. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly arguments: readonly TracedArgument[];
  /** Fed at each run, as arguments are. */
  readonly captured: readonly TracedCapture[];
  /** Variables that are read or assigned. */
  readonly variables: readonly TracedVariable[];
  /** Which tensor each result is. */
  readonly results: readonly {
    readonly tensor: string;
    readonly dataType: number;
    readonly shape: readonly number[];
  }[];
  /** Where the operation of a node was called. */
  readonly placeOf: (node: string) => Place | undefined;
}

/** A recorded call that a graph can stand for. */
export interface Trace extends RecordedCall {
  readonly exact: boolean;
  readonly rates: readonly Rate[];
  readonly optimizers: readonly UsedOptimizer[];
  /** Whether optimizers are as they were, but for what the graph follows. */
  readonly isValid: () => boolean;
  /** The ids of tensors from outside that the function used. */
  readonly surroundings: ReadonlySet<number>;
}

export interface TracedVariable {
  readonly variable: tf.Variable;
  /** What stands for the variable itself among the inputs of nodes that change it. */
  readonly handle: string;
  /**
   * The node that stands for its value at the start of the call; undefined when it is only
   * assigned.
   */
  readonly read: string | undefined;
  /** The tensor that it is at the end of the call; undefined when it keeps its value. */
  readonly assigned: string | undefined;
  /** Its last update in place, if there was one. */
  readonly updated: InPlaceUpdate | undefined;
}
