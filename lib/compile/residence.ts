/**
 * Tracks where the newest value of each variable is: in tfjs' own tensor, or in a TensorFlow
 * session.
 *
 * tfjs reads a tensor's data through the field `id` of the backend's entry for that tensor. While a
 * session holds the newest value, this field is an accessor that fetches the value. After
 * `a.assign(b)` both variables share an entry, but a session may have only the value of `a`.
 */
import type * as tf from "@tensorflow/tfjs";
import { nativeBackend, type TensorEntry } from "../native/native_backend.ts";

/** An object, such as a session, that can hold newer values of variables than tfjs does. */
export interface Holder {
  /** Calls {@linkcode settle} for every variable whose newest value it holds. */
  fetch(): void;
}

/** Maps data to the holder of its newest value. Data without an entry is newest in tfjs. */
const newest = new WeakMap<tf.DataId, Holder>();

/**
 * Maps each holder to the variables whose newest values it has, and to the data of these values.
 */
const held = new WeakMap<Holder, Map<tf.Variable, tf.DataId>>();

/** Maps a variable to the holder that has the same value as tfjs, and to the data of this value. */
const inStep = new WeakMap<
  tf.Variable,
  { readonly dataId: tf.DataId; readonly holder: Holder }
>();

/** Returns whether `holder` has the variable's current value. */
export function isCurrentIn(variable: tf.Variable, holder: Holder): boolean {
  const { dataId } = variable;
  if (newest.has(dataId)) return held.get(holder)?.get(variable) === dataId;
  const same = inStep.get(variable);
  return same?.holder === holder && same.dataId === dataId;
}

/**
 * Returns whether `holder` has a newer value of the variable than tfjs, for its current or earlier
 * data.
 */
export function isNewestIn(variable: tf.Variable, holder: Holder): boolean {
  return held.get(holder)?.has(variable) ?? false;
}

/** Records that `holder` received the variable's current value. */
export function markInStep(variable: tf.Variable, holder: Holder): void {
  inStep.set(variable, { dataId: variable.dataId, holder });
}

/** Records that `holder` no longer has the same value of a variable as tfjs. */
export function forgetInStep(variable: tf.Variable, holder: Holder): void {
  if (inStep.get(variable)?.holder === holder) inStep.delete(variable);
}

/** Records that `holder` now has a newer value than tfjs, and frees tfjs' native tensor. */
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

/**
 * Gives tfjs the holder's value of a variable.
 *
 * @param id the number of the native tensor with that value
 */
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
 * Gives a variable its own data if clones share it. A clone must keep its value when the variable
 * changes.
 */
export function separateFromClones(variable: tf.Variable): void {
  const { refCount } = nativeBackend().tensorMap.get(variable.dataId);
  if (refCount === 1) return;
  // If a session has the newest value, copying fetches it.
  const copy = copyOf(variable);
  const same = inStep.get(variable);
  const { dataId } = variable;
  variable.assign(copy);
  copy.dispose();
  if (same?.dataId === dataId) markInStep(variable, same.holder);
}

/** Returns a tensor with the same value in its own native tensor. The memory is shared. */
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
