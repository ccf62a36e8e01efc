/** Runs a call once, records its operations, and undoes its changes to variables. */
import * as tf from "@tensorflow/tfjs";
import { CallEffects } from "./call_effects.ts";
import { CompileError } from "./compile_error.ts";
import { DeferredOperations } from "./deferred/deferred_operations.ts";
import { withFusedOperations } from "./fused.ts";
import { nativeBackend } from "../native/native_backend.ts";
import type { OperationSource } from "./operation_source.ts";
import type { Draws } from "./random/draws.ts";
import { TraceRecorder } from "./recorder.ts";
import { OtherOperations, Rehearsal, type RehearsedOperations } from "./rehearsal.ts";
import { copyOf } from "./residence.ts";
import type { RecordedCall } from "./traced_call.ts";

/** A function that makes the call. It receives the tensors that replace the call's arguments. */
export type Call = (args: tf.Tensor[]) => tf.Tensor[];

/** Options for recording a call. */
export interface TraceOptions {
  /**
   * True if the graph must round in the same way as eager operations. In this case no operations
   * are fused, and TensorFlow must not rewrite the graph in a way that changes the rounding.
   */
  readonly exact: boolean;
  readonly draws: Draws;
}

export interface CallToRecord {
  readonly args: readonly tf.Tensor[];
  /**
   * The ids of the arguments that do not become inputs. The graph always uses exactly these
   * tensors.
   */
  readonly pinned: ReadonlySet<number>;
  readonly call: Call;
  /** The earlier run, if this run repeats one. */
  readonly earlier?: EarlierRun | undefined;
  /** The list to which the call's effects are added, even if the call fails. */
  readonly all: CallEffects[];
}

/** A run that is repeated. */
export interface EarlierRun {
  /** Its {@linkcode CallEffects.firstId}. */
  readonly firstId: number;
  /**
   * The operations of the earlier run; undefined if values must be computed where they are needed.
   */
  readonly ran?: RehearsedOperations | undefined;
}

export interface RecordedOnce {
  readonly recorded: RecordedCall;
  readonly effects: CallEffects;
  /** The operations that the call ran. */
  readonly ran: RehearsedOperations;
  /**
   * Tensors that the call kept with tf.keep. Later runs of the graph would not update these
   * tensors.
   */
  readonly stale: tf.Tensor[];
}

/** The record of a call, or only its results if the call cannot be undone. */
export type Recorded = RecordedOnce | { readonly results: tf.Tensor[] };

/**
 * Runs and records a call, and then restores the variables. The step counts of the optimizers are
 * not restored.
 *
 * @throws {CompileError} when the call does something that a graph cannot do
 */
export function recordCall(
  call: CallToRecord,
  options: TraceOptions,
): Recorded {
  const ran = call.earlier?.ran;
  if (ran) return recordInScope(call, new Rehearsal(ran), options);
  const operations = new DeferredOperations(nativeBackend());
  return operations.during(() => recordInScope(call, operations, options));
}

function recordInScope(
  call: CallToRecord,
  operations: OperationSource,
  options: TraceOptions,
): Recorded {
  let kept: tf.Tensor[] = [];
  tf.engine().startScope("trace");
  try {
    const given = standIns(call);
    const recorded = recordOn(given, call, operations, options);
    if ("results" in recorded) kept = recorded.results;
    return recorded;
  } finally {
    tf.engine().endScope(kept);
  }
}

function recordOn(
  given: readonly (tf.Tensor | undefined)[],
  { args, call, earlier, all }: CallToRecord,
  operations: OperationSource,
  { exact, draws }: TraceOptions,
): Recorded {
  const backend = nativeBackend();
  const effects = new CallEffects(
    given.filter((one) => one !== undefined),
    earlier?.firstId,
  );
  all.push(effects);
  try {
    // Data that is still in JavaScript is written to TensorFlow now. If it were written during the
    // call, then it would be recorded as a constant.
    backend.getInputTensorIds([...args, ...effects.variables]);
    const recorder = new TraceRecorder({
      backend,
      args: firsts(given),
      variables: effects.variables,
      draws,
      notesLines: earlier === undefined,
      operations,
    });
    const body = () => call(args.map((arg, i) => given[i] ?? arg));
    const results = recorder.record(() =>
      effects.watch(exact ? body : () => withFusedOperations(recorder, body))
    );
    effects.requireVariables();
    if (effects.madeVariables) {
      if (earlier === undefined) return { results };
      throw refuseLateVariable();
    }
    const recorded = recorder.finish(results);
    effects.takeBack();
    const stale = effects.staleTensors((one) => recorder.isComputed(one));
    return { recorded, effects, ran: recorder.ran, stale };
  } catch (error) {
    disposeTape();
    effects.takeBack();
    throw error instanceof OtherOperations && effects.madeVariables ? refuseLateVariable() : error;
  } finally {
    effects.dispose();
  }
}

/** The part of tfjs' engine that records operations for a gradient (engine.js). */
interface Tape {
  readonly state: {
    activeTape: readonly { readonly saved?: tf.Tensor[] }[] | null;
  };
}

/**
 * Frees the tensors that tfjs has kept for a gradient. If an error ends the computation of a
 * gradient, then tfjs forgets these tensors without freeing them.
 */
function disposeTape(): void {
  const { state } = tf.engine() as unknown as Tape;
  for (const { saved = [] } of state.activeTape ?? []) tf.dispose(saved);
  state.activeTape = null;
}

function refuseLateVariable(): CompileError {
  return new CompileError(
    "A compiled function made a variable when it was called again, but not in the call before. Make variables outside, " +
      "or in the first call.",
  );
}

/**
 * Returns the tensors that replace the arguments. If two arguments are the same tensor, then one
 * new tensor replaces both. A new tensor does not share its data id with any variable or captured
 * tensor. A pinned argument is not replaced, so its entry is undefined.
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

/**
 * Returns a copy of the list in which only the first occurrence of each tensor is kept. Later
 * positions of the same tensor are undefined.
 */
function firsts(
  tensors: readonly (tf.Tensor | undefined)[],
): (tf.Tensor | undefined)[] {
  return tensors.map((tensor, i) => tensors.indexOf(tensor) === i ? tensor : undefined);
}
