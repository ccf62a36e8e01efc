/**
 * tfjs' loop of training (LayersModel.fitLoop), step by step the same for callbacks, validation and
 * shuffling, but for the batches: a batch is a list of row numbers, and the rows are gathered in the
 * graph.
 */
import * as tf from "@tensorflow/tfjs";
import { type Callbacks, watchCallbacks } from "./callback_list.ts";
import type { CompiledFunction } from "./compiled_function.ts";
import { type FitArguments, type InnerModel, listBatches, type Logs } from "./layers_model.ts";

/** tfjs' own defaults. */
const BATCH_SIZE = 32;

/** Whether a call of `fit` asks for nothing that tfjs itself refuses. */
export function isPlainFit(args: FitArguments): boolean {
  const [shuffle, stepsPerEpoch, validationSteps] = [args[9], args[12], args[13]];
  return typeof shuffle !== "string" && !stepsPerEpoch && !validationSteps;
}

/**
 * Trains a model.
 *
 * @param train the step of training
 * @param original tfjs' own loop, which puts the callbacks together
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
  await list.onTrainBegin();
  model.stopTraining_ = false;
  const order = Array.from(ins[0]!.shape[0] ? Array(ins[0]!.shape[0]).keys() : []);
  const batches = listBatches(order.length, batchSize);
  for (let epoch = initialEpoch ?? 0; epoch < (epochs ?? 1); epoch++) {
    await list.onEpochBegin(epoch);
    const epochLogs: Logs = {};
    if (shuffle ?? true) tf.util.shuffle(order);
    for (const [index, [from, to]] of batches.entries()) {
      const logs: Logs = {};
      await list.onBatchBegin(index, logs);
      tf.tidy(() => {
        const rows = tf.tensor1d(order.slice(from, to), "int32");
        const outs = train.callOnRows(ins, rows);
        Object.assign(logs, { batch: index, size: to - from });
        note(logs, outLabels, outs);
        const isLast = index === batches.length - 1;
        if (!isLast || !test) return;
        const validated = model.testLoop(test, testIns, batchSize);
        note(epochLogs, outLabels.map((label) => `val_${label}`), validated);
      });
      await list.onBatchEnd(index, logs);
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

/** Why tfjs' own loop ends early. */
const STARTED = new Error("The callbacks are put together.");

/** Has tfjs put its callbacks together, and stops it before its first one is called. */
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
  // The class' own method is back.
  Reflect.deleteProperty(found!, "onTrainBegin");
  return found!;
}

/** Notes results, kept beyond the end of the scope. */
function note(logs: Logs, labels: readonly string[], values: readonly tf.Tensor[]): void {
  for (const [i, label] of labels.entries()) logs[label] = tf.keep(values[i] as tf.Scalar);
}

function disposeLogs(logs: Logs): void {
  for (const value of Object.values(logs)) if (typeof value !== "number") value.dispose();
}
