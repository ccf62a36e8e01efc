/**
 * Finds the callbacks that tfjs sets up for a call to `fit`. One of these callbacks averages the
 * losses. This callback is changed so that it uses plain numbers instead of tensors. With tensors,
 * each average would need three operations per batch.
 */
import * as tf from "@tensorflow/tfjs";
import { replaceMethod } from "../replace_method.ts";
import type { Logs } from "./layers_model.ts";

/** The methods of a callback that are called for each batch. */
interface BatchCallback {
  onBatchBegin(batch: number, logs?: Logs): Promise<void>;
  onBatchEnd(batch: number, logs?: Logs): Promise<void>;
}

/**
 * The callbacks that do something when a batch begins, and those that do something when a batch
 * ends.
 */
export interface BatchCallbacks {
  readonly beginning: readonly BatchCallback[];
  readonly ending: readonly BatchCallback[];
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
 * Returns the callbacks in a list that do something for each batch. Leaves out a
 * callback if it has only the empty methods of its base class. If a batch is small, then waiting
 * for these empty methods would take longer than the rest of the work.
 */
export function batchCallbacks({ callbacks }: Callbacks): BatchCallbacks {
  const base = Object.getPrototypeOf(tf.Callback.prototype) as BatchCallback;
  return {
    beginning: callbacks.filter(({ onBatchBegin }) => onBatchBegin !== base.onBatchBegin),
    ending: callbacks.filter(({ onBatchEnd }) => onBatchEnd !== base.onBatchEnd),
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
    return Promise.resolve();
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
