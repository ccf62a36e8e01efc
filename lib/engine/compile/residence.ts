/**
 * Where a variable's value is: in tfjs' own tensor, or newer in a session of TensorFlow, from which it is fetched when
 * somebody looks.
 *
 * tfjs looks at a tensor's data through one field, `id`, of the backend's entry for it. While a session holds the newer
 * value, that field is an accessor that fetches it.
 */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend, type TensorEntry } from "./native_backend.ts";

/** What holds newer values than tfjs. */
export interface Holder {
  /** Calls {@linkcode settle} for every variable whose newest value it holds. */
  fetch(): void;
}

/** Who holds the newest value, by the data's key; nobody where tfjs' own tensor is the newest and only one. */
const newest = new WeakMap<tf.DataId, Holder>();

/** Who holds the same value as tfjs' tensor. */
const inStep = new WeakMap<tf.DataId, Holder>();

/** Whether `holder` has the variable's present value. */
export function isCurrentIn({ dataId }: tf.Variable, holder: Holder): boolean {
  return (newest.get(dataId) ?? inStep.get(dataId)) === holder;
}

/** Whether `holder` has a newer value than tfjs' tensor. */
export function isNewestIn({ dataId }: tf.Variable, holder: Holder): boolean {
  return newest.get(dataId) === holder;
}

/** Notes that `holder` was given the variable's present value. */
export function markInStep({ dataId }: tf.Variable, holder: Holder): void {
  inStep.set(dataId, holder);
}

/** Notes that `holder` now has a newer value than tfjs' tensor, whose native tensor is freed. */
export function markNewer({ dataId }: tf.Variable, holder: Holder): void {
  const known = newest.has(dataId);
  newest.set(dataId, holder);
  inStep.delete(dataId);
  if (known) return;
  const backend = nativeBackend();
  const entry = backend.tensorMap.get(dataId);
  backend.binding.deleteTensor(entry.id);
  Object.defineProperty(entry, "id", {
    configurable: true,
    enumerable: true,
    get: () => {
      newest.get(dataId)!.fetch();
      return entry.id;
    },
  });
}

/** Gives tfjs the value that `holder` has as a native tensor; from then on both have it. */
export function settle(
  { dataId }: tf.Variable,
  holder: Holder,
  id: number,
): void {
  newest.delete(dataId);
  inStep.set(dataId, holder);
  const entry: TensorEntry = nativeBackend().tensorMap.get(dataId);
  Object.defineProperty(entry, "id", {
    value: id,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/**
 * Makes sure that nobody else sees a change of the variable's data: a clone of it shares the data, and has to keep the
 * value that it was made of.
 */
export function separateFromClones(variable: tf.Variable): void {
  const backend = nativeBackend();
  const entry = backend.tensorMap.get(variable.dataId);
  if (entry.refCount === 1) return;
  const attributes = [{
    name: "T",
    type: backend.binding.TF_ATTR_TYPE,
    value: entry.dtype,
  }];
  const [copy] = backend.binding.executeOp(
    "Identity",
    attributes,
    [entry.id],
    1,
  );
  const holder = inStep.get(variable.dataId);
  tf.tidy(() => variable.assign(backend.createOutputTensor(copy)));
  if (holder) inStep.set(variable.dataId, holder);
}
