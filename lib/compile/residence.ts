/**
 * Where a variable's value is: in tfjs' own tensor, or newer in a session of TensorFlow, from which
 * it is fetched when somebody looks.
 *
 * tfjs looks at a tensor's data through one field, `id`, of the backend's entry for it. While a
 * session holds the newer value, that field is an accessor that fetches it.
 *
 * Variables may share data: after `a.assign(b)` both have one entry. A session that has the value
 * of the one need not have that of the other, so what it has is noted by variable.
 */
import type * as tf from "@tensorflow/tfjs";
import { nativeBackend, type TensorEntry } from "../native/native_backend.ts";

/** What holds newer values than tfjs. */
export interface Holder {
  /** Calls {@linkcode settle} for every variable whose newest value it holds. */
  fetch(): void;
}

/**
 * Who holds the newest value of some data; nobody where tfjs' own tensor is the newest and only
 * one.
 */
const newest = new WeakMap<tf.DataId, Holder>();

/** Of which data a holder has the newest value, by the variable that it has it in. */
const held = new WeakMap<Holder, Map<tf.Variable, tf.DataId>>();

/** Who holds the same value as tfjs' tensor, and of which data. */
const inStep = new WeakMap<
  tf.Variable,
  { readonly dataId: tf.DataId; readonly holder: Holder }
>();

/** Whether `holder` has the variable's present value. */
export function isCurrentIn(variable: tf.Variable, holder: Holder): boolean {
  const { dataId } = variable;
  if (newest.has(dataId)) return held.get(holder)?.get(variable) === dataId;
  const same = inStep.get(variable);
  return same?.holder === holder && same.dataId === dataId;
}

/** Whether `holder` has a newer value than tfjs' tensor, of data that the variable has or had. */
export function isNewestIn(variable: tf.Variable, holder: Holder): boolean {
  return held.get(holder)?.has(variable) ?? false;
}

/** Notes that `holder` was given the variable's present value. */
export function markInStep(variable: tf.Variable, holder: Holder): void {
  inStep.set(variable, { dataId: variable.dataId, holder });
}

/** Notes that `holder` does not have tfjs' value of a variable any more. */
export function forgetInStep(variable: tf.Variable, holder: Holder): void {
  if (inStep.get(variable)?.holder === holder) inStep.delete(variable);
}

/** Notes that `holder` now has a newer value than tfjs' tensor, whose native tensor is freed. */
export function markNewer(variable: tf.Variable, holder: Holder): void {
  const { dataId } = variable;
  if (!held.has(holder)) held.set(holder, new Map());
  held.get(holder)!.set(variable, dataId);
  const known = newest.has(dataId);
  newest.set(dataId, holder);
  inStep.delete(variable);
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
  variable: tf.Variable,
  holder: Holder,
  id: number,
): void {
  const data = held.get(holder)!;
  const dataId = data.get(variable)!;
  data.delete(variable);
  newest.delete(dataId);
  inStep.set(variable, { dataId, holder });
  const entry: TensorEntry = nativeBackend().tensorMap.get(dataId);
  Object.defineProperty(entry, "id", {
    value: id,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/**
 * Makes sure that nobody else sees a change of the variable's data: a clone of it shares the data,
 * and has to keep the value that it was made of.
 */
export function separateFromClones(variable: tf.Variable): void {
  const { refCount } = nativeBackend().tensorMap.get(variable.dataId);
  if (refCount === 1) return;
  // While a session has the newest value, the copy fetches it.
  const copy = copyOf(variable);
  const same = inStep.get(variable);
  const { dataId } = variable;
  variable.assign(copy);
  copy.dispose();
  if (same?.dataId === dataId) markInStep(variable, same.holder);
}

/** A tensor with the same value in a native tensor of its own; the memory is shared. */
export function copyOf<T extends tf.Tensor>(tensor: T): T {
  const backend = nativeBackend();
  const [id] = backend.getInputTensorIds([tensor]);
  const attributes = [{
    name: "T",
    type: backend.binding.TF_ATTR_TYPE,
    value: backend.tensorMap.get(tensor.dataId).dtype,
  }];
  const [copy] = backend.binding.executeOp("Identity", attributes, [id], 1);
  return backend.createOutputTensor(copy) as T;
}
