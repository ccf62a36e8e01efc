/**
 * Trains a model in the same way as tfjs' training loop (LayersModel.fitLoop), with the same
 * callbacks, validation and shuffling. Only the batches are put together in a faster way.
 */
import * as tf from "@tensorflow/tfjs";
import { batchReader } from "./batch_reader.ts";
import { batchFunctions, type Callbacks, watchCallbacks } from "./callback_list.ts";
import type { CompiledFunction } from "./compiled_function.ts";
import { type FitArguments, type InnerModel, listBatches, type Logs } from "./layers_model.ts";

/** The batch size that tfjs uses by default. */
const BATCH_SIZE = 32;

/**
 * Returns false if a call to `fit` uses an option that tfjs' own loop rejects, and true otherwise.
 */
export function isPlainFit(args: FitArguments): boolean {
  const [shuffle, stepsPerEpoch, validationSteps] = [args[9], args[12], args[13]];
  return typeof shuffle !== "string" && !stepsPerEpoch && !validationSteps;
}

/**
 * Trains a model with a compiled training step.
 *
 * @param train the compiled training step
 * @param original tfjs' own loop, which is used only to set up the callbacks
 */
export async function fitCompiled(
  model: InnerModel,
  train: CompiledFunction,
  original: InnerModel["fitLoop"],
  args: FitArguments,
): Promise<tf.History> {
  const [, ins, outLabels, size, epochs, , , test, testIns, shuffle, , initialEpoch] = args;
  const batchSize = size ?? BATCH_SIZE;
  const list = await startCallbacks(model, original, args);
  const { beginning, ending } = batchFunctions(list);
  await list.onTrainBegin();
  model.stopTraining_ = false;
  const order = Int32Array.from({ length: ins[0]!.shape[0] }, (_, i) => i);
  const batches = listBatches(order.length, batchSize);
  const readBatch = batchReader(ins);
  for (let epoch = initialEpoch ?? 0; epoch < (epochs ?? 1); epoch++) {
    await list.onEpochBegin(epoch);
    const epochLogs: Logs = {};
    if (shuffle ?? true) tf.util.shuffle(order);
    for (const [index, [from, to]] of batches.entries()) {
      const logs: Logs = {};
      for (const begin of beginning) await begin(index, logs);
      tf.tidy(() => {
        const outs = train.call(readBatch(order.subarray(from, to)));
        Object.assign(logs, { batch: index, size: to - from });
        note(logs, outLabels, outs);
        const isLast = index === batches.length - 1;
        if (!isLast || !test) return;
        const validated = model.testLoop(test, testIns, batchSize);
        note(epochLogs, outLabels.map((label) => `val_${label}`), validated);
      });
      for (const end of ending) {
        const pending = end(index, logs);
        // Awaiting undefined would also take time.
        if (pending) await pending;
      }
      disposeLogs(logs);
      if (model.stopTraining_) break;
    }
    await list.onEpochEnd(epoch, epochLogs);
    if (model.stopTraining_) break;
  }
  await list.onTrainEnd();
  await (model.history as unknown as { syncData(): Promise<void> }).syncData();
  return model.history;
}

/** The error that ends tfjs' own loop after the loop has set up the callbacks. */
const STARTED = new Error("The callbacks are put together.");

/**
 * Runs tfjs' own loop until the loop has set up the callbacks. The loop is stopped before it calls
 * the callbacks.
 */
async function startCallbacks(
  model: InnerModel,
  original: InnerModel["fitLoop"],
  args: FitArguments,
): Promise<Callbacks> {
  let found: Callbacks | undefined;
  const stop = (list: Callbacks) => {
    found = list;
    list.onTrainBegin = () => Promise.reject(STARTED);
  };
  const loop = watchCallbacks(stop, () => original.apply(model, args));
  await loop.catch((error) => {
    if (error !== STARTED) throw error;
  });
  // Deleting the replacement from the object makes the class's own `onTrainBegin` visible again.
  Reflect.deleteProperty(found!, "onTrainBegin");
  return found!;
}

/** Adds results to the logs, and keeps the tensors when the tf.tidy scope ends. */
function note(logs: Logs, labels: readonly string[], values: readonly tf.Tensor[]): void {
  for (const [i, label] of labels.entries()) logs[label] = tf.keep(values[i] as tf.Scalar);
}

function disposeLogs(logs: Logs): void {
  for (const value of Object.values(logs)) if (typeof value !== "number") value.dispose();
}
