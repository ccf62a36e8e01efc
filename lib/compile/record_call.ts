/** Runs a call once, writes it down and takes it back. */
import * as tf from "@tensorflow/tfjs";
import { CallEffects } from "./call_effects.ts";
import { CompileError } from "./compile_error.ts";
import { withFusedOperations } from "./fused.ts";
import { nativeBackend } from "../native/native_backend.ts";
import type { Draws } from "./random/draws.ts";
import { Recorder } from "./recorder.ts";
import { copyOf } from "./residence.ts";
import type { RecordedCall } from "./traced_call.ts";

/** A function of the tensors that stand for its arguments. */
export type Call = (args: tf.Tensor[]) => tf.Tensor[];

/** How a call is written down. */
export interface TraceOptions {
  /**
   * Whether the graph rounds as eager operations do: no fused operations, no rewrites by
   * TensorFlow.
   */
  readonly exact: boolean;
  /** Gives the keys of random tensors. */
  readonly draws: Draws;
}

export interface CallToRecord {
  readonly args: readonly tf.Tensor[];
  /** Ids of arguments that are not to be inputs. */
  readonly pinned: ReadonlySet<number>;
  readonly call: Call;
  /**
   * For a run that repeats an earlier one: the first id of a tensor that the earlier one may have
   * made.
   */
  readonly earlier?: number | undefined;
  /** Gets the call's effects, also where it fails. */
  readonly all: CallEffects[];
}

export interface RecordedOnce {
  readonly recorded: RecordedCall;
  readonly effects: CallEffects;
  /** Tensors of the call that it keeps, and that runs of its graph do not change. */
  readonly stale: tf.Tensor[];
}

/** What was recorded, or the results of a call that cannot be taken back. */
export type Recorded = RecordedOnce | { readonly results: tf.Tensor[] };

/**
 * Runs a call and takes back what it did to variables. What it did to optimizers' counts stays.
 *
 * @throws {CompileError} when the call does what no graph can; then variables are taken back too
 */
export function recordCall(
  call: CallToRecord,
  options: TraceOptions,
): Recorded {
  let kept: tf.Tensor[] = [];
  tf.engine().startScope("trace");
  try {
    const given = standIns(call);
    const recorded = recordOn(given, call, options);
    if ("results" in recorded) kept = recorded.results;
    return recorded;
  } finally {
    tf.engine().endScope(kept);
  }
}

function recordOn(
  given: readonly (tf.Tensor | undefined)[],
  { args, call, earlier, all }: CallToRecord,
  { exact, draws }: TraceOptions,
): Recorded {
  const backend = nativeBackend();
  const effects = new CallEffects(
    given.filter((one) => one !== undefined),
    earlier,
  );
  all.push(effects);
  try {
    // Data that waits to be written would otherwise be written, and recorded as a constant, in the
    // middle of the call.
    backend.getInputTensorIds([...args, ...effects.variables]);
    const recorder = new Recorder({
      backend,
      args: firsts(given),
      variables: effects.variables,
      draws,
      notesLines: earlier === undefined,
    });
    const body = () => call(args.map((arg, i) => given[i] ?? arg));
    const results = recorder.record(() =>
      effects.watch(exact ? body : () => withFusedOperations(recorder, body))
    );
    effects.requireVariables();
    if (effects.madeVariables) {
      if (earlier === undefined) return { results };
      throw new CompileError(
        "A compiled function made a variable when it was called again, and none before. Make variables outside, or in " +
          "the first call.",
      );
    }
    const recorded = recorder.finish(results);
    effects.takeBack();
    const stale = effects.staleTensors((one) => recorder.isComputed(one));
    return { recorded, effects, stale };
  } catch (error) {
    effects.takeBack();
    throw error;
  } finally {
    effects.dispose();
  }
}

/**
 * What the function is called with: for each argument a tensor of its own, which no variable and no
 * tensor of its surroundings shares data with, and the same one for the same argument; none for the
 * pinned ones.
 */
function standIns(
  { args, pinned }: CallToRecord,
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
  return tensors.map((tensor, i) => tensors.indexOf(tensor) === i ? tensor : undefined);
}
