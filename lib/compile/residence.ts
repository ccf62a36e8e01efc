/**
 * Tracks where the newest value of each variable is: in tfjs' own tensor, or in a TensorFlow
 * session.
 *
 * tfjs reads a tensor's data through the field `id` of the backend's entry for that tensor. While a
 * session holds the newest value, this field is an accessor that fetches the value. After
 * `a.assign(b)` both variables share one entry. However, a session may have the current value of
 * `a` but not of `b`, so each variable is tracked separately.
 */
import type * as tf from "@tensorflow/tfjs";
import { nativeBackend, type TensorEntry } from "../native/native_backend.ts";

/** An object, such as a session, that can hold newer values of variables than tfjs has. */
export interface Holder {
  /**
   * Gives tfjs all the newest values that this object holds, by calling {@linkcode settle} for each
   * variable.
   */
  fetch(): void;
}

/**
 * Maps a data id to the holder that has the newest value. If a data id is missing from the map,
 * then tfjs itself has the newest value.
 */
const newest = new WeakMap<tf.DataId, Holder>();

/**
 * Maps each holder to the variables whose newest values it has. Each of these variables is mapped
 * to the data id that the value belongs to.
 */
const held = new WeakMap<Holder, Map<tf.Variable, tf.DataId>>();

/**
 * Maps each variable that has the same value in tfjs and in a holder to this holder and to the
 * value's data id.
 */
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
 * Returns whether `holder` has a newer value of the variable than tfjs. The newer value may belong
 * to the variable's current data, or to data that the variable had earlier.
 */
export function isNewestIn(variable: tf.Variable, holder: Holder): boolean {
  return held.get(holder)?.has(variable) ?? false;
}

/** Records that `holder` received the variable's current value. */
export function markInStep(variable: tf.Variable, holder: Holder): void {
  inStep.set(variable, { dataId: variable.dataId, holder });
}

/** Records that `holder` and tfjs no longer have the same value of the variable. */
export function forgetInStep(variable: tf.Variable, holder: Holder): void {
  if (inStep.get(variable)?.holder === holder) inStep.delete(variable);
}

/**
 * Records that `holder` now has a newer value of the variable than tfjs. Frees the native tensor
 * with the old value.
 */
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
 * Updates a variable in tfjs with the newer value from its holder.
 *
 * @param id the number of the native tensor that contains the value
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
 * Gives a variable its own data if it shares its data with clones. This is necessary because a
 * clone must keep its value when the variable changes.
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

/**
 * Returns a copy of a tensor. The copy has its own native tensor, but both native tensors share the
 * same memory.
 */
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
