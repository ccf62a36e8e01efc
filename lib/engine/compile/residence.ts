/**
 * Where a variable's value is: in tfjs' own tensor, or newer in a session of TensorFlow, from which it is fetched when
 * somebody looks.
 *
 * tfjs looks at a tensor's data through one field, `id`, of the backend's entry for it. While a session holds the newer
 * value, that field is an accessor that fetches it.
 */
import * as tf from "@tensorflow/tfjs";
import { nativeBackend, type TensorEntry } from "./native_backend.ts";

/** A session's copy of a variable. */
export interface SessionCopy {
  /** Identifies the session. */
  readonly session: object;
  /** Fetches the value as a new native tensor; returns its number. */
  readonly fetch: () => number;
}

/** Sessions with the newest value, by the data's key; absent where tfjs' own tensor is the newest and only one. */
const newest = new WeakMap<tf.DataId, SessionCopy>();

/** Sessions that hold the same value as tfjs' tensor. */
const inStep = new WeakMap<tf.DataId, object>();

/** Whether a session holds the variable's present value. */
export function isCurrentIn(variable: tf.Variable, session: object): boolean {
  const { dataId } = variable;
  return (newest.get(dataId)?.session ?? inStep.get(dataId)) === session;
}

/** Notes that a session was given the variable's present value. */
export function markInStep(variable: tf.Variable, session: object): void {
  inStep.set(variable.dataId, session);
}

/** Notes that a session now has a newer value than tfjs' tensor, whose native tensor is freed. */
export function markNewer(variable: tf.Variable, copy: SessionCopy): void {
  const { dataId } = variable;
  const alreadyNewer = newest.has(dataId);
  newest.set(dataId, copy);
  inStep.delete(dataId);
  if (alreadyNewer) return;
  const backend = nativeBackend();
  const entry = backend.tensorMap.get(dataId);
  backend.binding.deleteTensor(entry.id);
  fetchWhenAsked(entry, dataId);
}

/** Brings the newest value into tfjs' tensor, if it is not there. */
export function fetchValue(variable: tf.Variable): void {
  if (newest.has(variable.dataId)) {
    void nativeBackend().tensorMap.get(variable.dataId).id;
  }
}

/**
 * Makes sure that nobody else sees a change of the variable's data: a clone of it shares the data, and has to keep the
 * value that it was made of.
 */
export function separateFromClones(variable: tf.Variable): void {
  const backend = nativeBackend();
  const entry = backend.tensorMap.get(variable.dataId);
  if (entry.refCount === 1) return;
  const session = isHeldBy(variable);
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
  tf.tidy(() => variable.assign(backend.createOutputTensor(copy)));
  if (session) inStep.set(variable.dataId, session);
}

function isHeldBy({ dataId }: tf.Variable): object | undefined {
  return newest.get(dataId)?.session ?? inStep.get(dataId);
}

function fetchWhenAsked(entry: TensorEntry, dataId: tf.DataId): void {
  const settle = (id: number) =>
    Object.defineProperty(entry, "id", {
      value: id,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  Object.defineProperty(entry, "id", {
    configurable: true,
    enumerable: true,
    get: () => {
      const copy = newest.get(dataId)!;
      newest.delete(dataId);
      inStep.set(dataId, copy.session);
      settle(copy.fetch());
      return entry.id;
    },
    set: (id: number) => {
      newest.delete(dataId);
      settle(id);
    },
  });
}
