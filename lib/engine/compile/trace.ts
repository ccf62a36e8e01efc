/** A call of a function, written down as a TensorFlow graph. */
import * as tf from "@tensorflow/tfjs";
import { CallEffects } from "./call_effects.ts";
import { compareTraces, type Comparison } from "./compare_traces.ts";
import { withFusedOperations } from "./fused.ts";
import type { GraphNode } from "./graph_def.ts";
import type { InPlaceUpdate } from "./in_place_updates.ts";
import { CompileError } from "./compile_error.ts";
import { nativeBackend, registeredVariables } from "./native_backend.ts";
import {
  ChangedRates,
  followRate,
  type Rate,
  sameOptimizers,
  type UsedOptimizer,
} from "./optimizers.ts";
import type { Place } from "./place.ts";
import { Recorder } from "./recorder.ts";
import { messageOf } from "./session.ts";
import { copyOf, separateFromClones } from "./residence.ts";

/** A tensor of a trace that comes from outside. */
export interface TracedInput {
  /** Its name among the trace's nodes. */
  readonly node: string;
  readonly shape: readonly number[];
  readonly dataType: number;
}

/** How a call is written down. */
export interface TraceOptions {
  /** Whether the graph rounds as eager operations do: no fused operations, no rewrites by TensorFlow. */
  readonly exact: boolean;
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
  /** The node that stands for its value at the start of the call; undefined when it is only assigned. */
  readonly read: string | undefined;
  /** The tensor that it is at the end of the call; undefined when it keeps its value. */
  readonly assigned: string | undefined;
  /** Its last update in place, if there was one. */
  readonly updated: InPlaceUpdate | undefined;
}

/** A function of the tensors that stand for its arguments. */
type Call = (args: tf.Tensor[]) => tf.Tensor[];

/**
 * Writes a call down. It is run for that, and taken back: variables and optimizers are as before, and what it made is freed,
 * so that the graph may stand for this call too and no call differs from the others in its last bits.
 *
 * It is run twice, since what differs between two runs would be frozen in a graph; the second time with other learning
 * rates, so that they can be told from other numbers.
 *
 * A call that makes variables, as an optimizer's first step does, cannot be taken back: it counts, and there is no trace.
 *
 * @param args the call's arguments, in order
 * @param pinned ids of arguments that are not to be inputs of the graph: it is for these very tensors
 * @returns the trace, or the results where there is none
 * @throws {CompileError} when the call does what no graph can; then it is taken back too
 */
export function trace(
  args: readonly tf.Tensor[],
  pinned: ReadonlySet<number>,
  call: Call,
  options: TraceOptions,
): { readonly trace: Trace } | { readonly results: tf.Tensor[] } {
  // A tensor that shares a variable's data is not that variable.
  for (const variable of registeredVariables()) separateFromClones(variable);
  const all: CallEffects[] = [];
  const record = (earlier?: number) =>
    recordCall({ args, pinned, call, earlier, all }, options);
  try {
    const first = record();
    if ("results" in first) {
      all.length = 0;
      return first;
    }
    const again = (rates: ChangedRates) => {
      const { recorded, effects } = first;
      const second = rates.during(() => repeat(() => record(effects.firstId)));
      return compareTraces(recorded, second, rates);
    };
    return { trace: finishTrace(first, again, options) };
  } finally {
    // Not earlier: what depends on an optimizer's count is to differ.
    for (const effects of all.toReversed()) effects.takeBackSteps();
  }
}

/** Compares a call with further runs of it, and completes its trace. */
function finishTrace(
  { recorded, effects }: RecordedOnce,
  again: (rates: ChangedRates) => Comparison,
  { exact }: TraceOptions,
): Trace {
  const optimizers = [...effects.steps.keys()];
  const rates = new ChangedRates(optimizers);
  let comparison = again(rates);
  // Something else may be made of a learning rate: then the graph holds for this one only.
  const followsRate = "rates" in comparison;
  if (!followsRate && !rates.none) comparison = again(new ChangedRates([]));
  if ("refusal" in comparison) throw comparison.refusal;
  const fed = new Set(comparison.rates.map(({ node }) => node));
  return {
    ...recorded,
    exact,
    nodes: recorded.nodes.filter(({ name }) => !fed.has(name)),
    captured: recorded.captured.map((one) => followRate(one, optimizers)),
    rates: comparison.rates,
    optimizers: optimizers.map((optimizer) => ({
      optimizer,
      steps: effects.steps.get(optimizer)!,
    })),
    isValid: sameOptimizers(optimizers, followsRate),
    surroundings: effects.surroundings,
  };
}

/** Runs a call another time. */
function repeat(record: () => Recorded): RecordedCall {
  try {
    const recorded = record();
    if ("recorded" in recorded) return recorded.recorded;
  } catch (cause) {
    if (cause instanceof CompileError) throw cause;
    throw new CompileError(
      `A compiled function failed when it was called again with the same arguments: ${
        messageOf(cause)
      } A graph keeps nothing from one call to the next but variables: a tensor that one call makes and a later one uses ` +
        "is kept in a tf.variable, or returned and handed in again.",
      { cause },
    );
  }
  throw new CompileError(
    "A compiled function made a variable in its second call, and none in its first. Make variables outside, or in the " +
      "first call.",
  );
}

interface CallToRecord {
  readonly args: readonly tf.Tensor[];
  readonly pinned: ReadonlySet<number>;
  readonly call: Call;
  /** The first id of a tensor that an earlier run may have made. */
  readonly earlier: number | undefined;
  /** Gets the call's effects, also where it fails. */
  readonly all: CallEffects[];
}

interface RecordedOnce {
  readonly recorded: RecordedCall;
  readonly effects: CallEffects;
}

type Recorded = RecordedOnce | { readonly results: tf.Tensor[] };

function recordCall(
  { args, pinned, call, earlier, all }: CallToRecord,
  { exact }: TraceOptions,
): Recorded {
  const backend = nativeBackend();
  tf.engine().startScope("trace");
  const given = standIns(args, pinned);
  const effects = new CallEffects(
    given.filter((one) => one !== undefined),
    earlier,
  );
  all.push(effects);
  let kept: tf.Tensor[] = [];
  try {
    // Data that waits to be written would otherwise be written, and recorded as a constant, in the middle of the call.
    backend.getInputTensorIds([...args, ...effects.variables]);
    const recorder = new Recorder(backend, firsts(given), effects.variables);
    const body = () => call(args.map((arg, i) => given[i] ?? arg));
    const results = recorder.record(() =>
      effects.watch(exact ? body : () => withFusedOperations(recorder, body))
    );
    effects.requireVariables();
    if (effects.madeVariables) {
      kept = results;
      return { results };
    }
    const recorded = recorder.finish(results);
    effects.takeBack();
    return { recorded, effects };
  } catch (error) {
    effects.takeBack();
    throw error;
  } finally {
    tf.engine().endScope(kept);
    effects.dispose();
  }
}

/**
 * What the function is called with: for each argument a tensor of its own, which no variable and no tensor of its
 * surroundings shares data with, and the same one for the same argument; none for the pinned ones.
 */
function standIns(
  args: readonly tf.Tensor[],
  pinned: ReadonlySet<number>,
): (tf.Tensor | undefined)[] {
  const made = new Map<tf.Tensor, tf.Tensor>();
  return args.map((arg) => {
    if (pinned.has(arg.id)) return undefined;
    if (!made.has(arg)) made.set(arg, copyOf(arg));
    return made.get(arg);
  });
}

/** Each tensor where it first stands. */
function firsts(
  tensors: readonly (tf.Tensor | undefined)[],
): (tf.Tensor | undefined)[] {
  return tensors.map((tensor, i) =>
    tensors.indexOf(tensor) === i ? tensor : undefined
  );
}
