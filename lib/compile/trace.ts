/** Records a call of a function as a TensorFlow graph. */
import * as tf from "@tensorflow/tfjs";
import type { CallEffects } from "./call_effects.ts";
import { compareTraces, refuseOther, type TraceComparison } from "./compare_traces.ts";
import { CompileError } from "./compile_error.ts";
import { registeredVariables } from "../native/native_backend.ts";
import { ChangedRates, followRate, sameOptimizers } from "./optimizers.ts";
import {
  type Call,
  type EarlierRun,
  recordCall,
  type RecordedOnce,
  type TraceOptions,
} from "./record_call.ts";
import { OtherOperations } from "./rehearsal.ts";
import { separateFromClones } from "./residence.ts";
import { messageOf } from "./session.ts";
import { TraceClock } from "./trace_clock.ts";
import type { RecordedCall, Trace } from "./traced_call.ts";

/**
 * Records a call by running it twice and undoing both runs. The two runs are compared, because a
 * graph would freeze any value that differs between them. The second run sees another time and uses
 * temporary learning rates. A constant that changes along with a rate is recognized as that rate,
 * and becomes an input of the graph.
 *
 * After both runs have been undone, the graph can run the recorded call itself, not just later
 * calls. The results of this call are then rounded in the same way as the results of later calls. A
 * call that creates variables, such as an optimizer's first step, cannot be undone. Such a call
 * takes effect, and no trace is returned.
 *
 * @param pinned ids of the arguments that do not become inputs of the graph; the graph always uses
 * the tensors with these ids
 * @returns the trace, or only the results of the call if no trace could be made
 * @throws {CompileError} when the call does something that a graph cannot do; the call is undone
 */
export function trace(
  args: readonly tf.Tensor[],
  pinned: ReadonlySet<number>,
  call: Call,
  options: TraceOptions,
): { readonly trace: Trace } | { readonly results: tf.Tensor[] } {
  // A tensor that shares a variable's data must not be mistaken for that variable.
  for (const variable of registeredVariables()) separateFromClones(variable);
  options.draws.open();
  const all: CallEffects[] = [];
  const stale: tf.Tensor[] = [];
  const clock = new TraceClock();
  const record = (earlier?: EarlierRun) => {
    const recorded = recordCall({ args, pinned, call, earlier, all }, options);
    if ("stale" in recorded) stale.push(...recorded.stale);
    return recorded;
  };
  try {
    const first = clock.first(() => record());
    if ("results" in first) {
      all.length = 0;
      return first;
    }
    const { recorded, effects: { firstId }, ran } = first;
    const again = (rates: ChangedRates) => {
      const run = (earlier: EarlierRun) =>
        (rates.during(() => clock.again(() => record(earlier))) as RecordedOnce).recorded;
      return compareTo(recorded, rates, () => run({ firstId, ran }), () => run({ firstId }));
    };
    const trace = finishTrace(first, again, options);
    // The call may have kept these tensors (tf.keep), but the graph would never update them. They
    // are disposed of so that users do not read outdated values.
    tf.dispose(stale);
    return { trace };
  } finally {
    // The step counts are restored only now, because values that depend on them must differ between
    // the runs.
    for (const effects of all.toReversed()) effects.takeBackSteps();
    options.draws.closeUnused();
  }
}

/** Compares a recorded call with further runs of it, and completes its trace. */
function finishTrace(
  { recorded, effects }: RecordedOnce,
  again: (rates: ChangedRates) => TraceComparison,
  { exact }: TraceOptions,
): Trace {
  const optimizers = [...effects.steps.keys()];
  const rates = new ChangedRates(optimizers);
  let comparison = again(rates);
  // If the function itself uses a learning rate, or computes a value from one, then the graph is
  // valid for that rate only.
  const followsRate = "rates" in comparison && !rates.isUsedElsewhere;
  if (!followsRate && !rates.none) comparison = again(new ChangedRates([]));
  if ("refusal" in comparison) throw comparison.refusal;
  const fed = new Set(comparison.rates.map(({ node }) => node));
  const hasSameOptimizers = sameOptimizers(optimizers, followsRate);
  const hasSameTrainable = sameTrainable(recorded.variables.map(({ variable }) => variable));
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
    isValid: () => hasSameOptimizers() && hasSameTrainable(),
    surroundings: effects.surroundings,
  };
}

/**
 * Compares a recorded call with another run of it.
 *
 * @param rehearse runs the call without computing anything
 * @param repeat runs the call like the first time, and computes the values that it needs
 */
function compareTo(
  recorded: RecordedCall,
  rates: ChangedRates,
  rehearse: () => RecordedCall,
  repeat: () => RecordedCall,
): TraceComparison {
  let second: RecordedCall;
  try {
    second = rehearse();
  } catch (error) {
    if (error instanceof OtherOperations) {
      const place = error.node === undefined ? error.place : recorded.placeOf(error.node);
      return { refusal: refuseOther(place, error.operation) };
    }
    if (error instanceof CompileError) throw error;
    // The call may have needed a value that was not computed.
    second = explainFailure(repeat);
  }
  return compareTraces(recorded, second, rates);
}

/**
 * Returns a function that tells whether the same variables are trainable as now. tfjs computes
 * gradients only with respect to these (`layer.trainable` sets the field).
 */
function sameTrainable(variables: readonly tf.Variable[]): () => boolean {
  const before = variables.map(({ trainable }) => trainable);
  return () => variables.every(({ trainable }, i) => trainable === before[i]);
}

/** Runs a call again. If it fails, the error says why. */
function explainFailure(repeat: () => RecordedCall): RecordedCall {
  try {
    return repeat();
  } catch (cause) {
    if (cause instanceof CompileError) throw cause;
    throw new CompileError(
      "A compiled function failed when it was called again with the same arguments: " +
        `${messageOf(cause)} Between calls a graph keeps only variables. Keep a ` +
        "tensor that a later call needs " +
        "in a tf.variable, or return it and pass it in again.",
      { cause },
    );
  }
}
