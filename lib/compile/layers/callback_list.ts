/**
 * Finds the callbacks that tfjs sets up for a call to `fit`. One of these callbacks averages the
 * losses. This callback is changed so that it uses plain numbers instead of tensors. With tensors,
 * each average would need three operations per batch.
 */
import * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Logs } from "./layers_model.ts";

/**
 * A function that is called when a batch begins or ends. If it returns a promise, then training
 * must wait for the promise.
 */
type BatchFunction = (batch: number, logs: Logs) => Promise<void> | void;

/** The methods of a callback that are called for each batch. */
interface BatchCallback {
  onBatchBegin: BatchFunction;
  onBatchEnd: BatchFunction;
}

/**
 * The functions that do something when a batch begins, and those that do something when it ends.
 */
export interface BatchFunctions {
  readonly beginning: readonly BatchFunction[];
  readonly ending: readonly BatchFunction[];
}

/** The parts of tfjs' CallbackList (base_callbacks.js) that are used here. */
export interface Callbacks {
  readonly callbacks: readonly BatchCallback[];
  setModel(this: Callbacks, model: unknown): void;
  onTrainBegin(logs?: Logs): Promise<void>;
  onTrainEnd(logs?: Logs): Promise<void>;
  onEpochBegin(epoch: number, logs?: Logs): Promise<void>;
  onEpochEnd(epoch: number, logs?: Logs): Promise<void>;
}

/**
 * Returns the functions that a list of callbacks must call for each batch. Methods that do nothing
 * are left out. If a batch is small, then waiting for such methods would take longer than the rest
 * of the work.
 */
export function batchFunctions({ callbacks }: Callbacks): BatchFunctions {
  const base = Object.getPrototypeOf(tf.Callback.prototype) as BatchCallback;
  return {
    beginning: callbacks.flatMap((callback) => {
      const isIdle = callback.onBatchBegin === base.onBatchBegin ||
        isPlainCustom(callback, "onBatchBegin") && !callback.batchBegin;
      return isIdle ? [] : [(batch, logs) => callback.onBatchBegin(batch, logs)];
    }),
    ending: callbacks.flatMap((callback) => {
      if (callback.onBatchEnd === base.onBatchEnd) return [];
      const onlyPauses = isPlainCustom(callback, "onBatchEnd") && !callback.batchEnd &&
        typeof callback.yieldEvery === "number";
      return [
        onlyPauses ? pausesOf(callback) : (batch, logs) => callback.onBatchEnd(batch, logs),
      ];
    }),
  };
}

/**
 * tfjs' callback for the functions that are passed to `fit`. From time to time, it also pauses the
 * training, so that the event loop can do other work.
 */
interface CustomCallback extends BatchCallback {
  readonly batchBegin?: unknown;
  readonly batchEnd?: unknown;
  /** The milliseconds between pauses, or a word. */
  readonly yieldEvery: number | string;
  readonly currentEpoch: number;
  /** Returns the promise of a new pause, or if no pause is due, what it returned last. */
  maybeWait(epoch: number, batch: number, logs: Logs): Promise<void> | undefined;
}

/** Returns whether a callback runs tfjs' own method of a custom callback. */
function isPlainCustom(
  callback: BatchCallback,
  method: keyof BatchCallback,
): callback is CustomCallback {
  const plain = tf.CustomCallback.prototype as unknown as BatchCallback;
  return callback instanceof tf.CustomCallback &&
    (callback as BatchCallback)[method] === plain[method];
}

/** Makes the pauses of a callback. Training waits only for new pauses. */
function pausesOf(callback: CustomCallback): BatchFunction {
  let last: Promise<void> | undefined;
  return (batch, logs) => {
    const pause = callback.maybeWait(callback.currentEpoch, batch, logs);
    if (pause === last) return;
    last = pause;
    return pause;
  };
}

/**
 * The first callback in tfjs' list of callbacks. This callback averages the losses and metrics over
 * the batches of an epoch.
 */
interface BaseLogger extends BatchCallback {
  readonly params: { readonly metrics: readonly string[] };
  seen: number;
  totals: Record<string, number>;
  onEpochEnd(epoch: number, logs?: Logs): Promise<void>;
}

/**
 * Calls a tfjs function that, before its first await, creates a list of callbacks. When the list
 * has been created, `seen` is called with it.
 */
export function watchCallbacks<T>(seen: (list: Callbacks) => void, call: () => T): T {
  const undo = replaceMethod(
    tf.CallbackList.prototype as unknown as Callbacks,
    "setModel",
    (original) =>
      function (this: Callbacks, model) {
        averageInNumbers(this);
        seen(this);
        original.call(this, model);
      },
  );
  try {
    return call();
  } finally {
    undo();
  }
}

/**
 * Changes the BaseLogger in a list of callbacks so that it sums plain numbers instead of tensors.
 * The averages that the BaseLogger reports are still tensors.
 */
function averageInNumbers({ callbacks }: Callbacks): void {
  const logger = callbacks[0] as BaseLogger;
  if (logger?.constructor.name !== "BaseLogger") return;
  logger.onBatchEnd = (_, logs = {}) => {
    const size = valueOf(logs.size ?? 0);
    logger.seen += size;
    for (const [key, value] of Object.entries(logs)) {
      logger.totals[key] = (logger.totals[key] ?? 0) + valueOf(value) * size;
    }
  };
  logger.onEpochEnd = (_, logs) => {
    for (const key of logs ? logger.params.metrics : []) {
      const total = logger.totals[key];
      if (total !== undefined) logs![key] = tf.keep(tf.scalar(total / logger.seen));
    }
    return Promise.resolve();
  };
}

function valueOf(value: number | tf.Scalar): number {
  return typeof value === "number" ? value : value.dataSync()[0];
}
