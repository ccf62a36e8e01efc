/**
 * Saves and restores the exact state of tfjs' Adam optimizer.
 *
 * The optimizer keeps the powers of β1 and β2 as running products. Its method `getWeights` does not
 * return these products, and its method `setWeights` computes pow(β, iterations + 1) instead. The
 * computed powers differ from the products in the last bits, but a resumed run must match an
 * uninterrupted run bit for bit.
 */
import * as tf from "@tensorflow/tfjs";
import type { NamedTensor } from "../models/safetensors.ts";

/** Private fields of tfjs' AdamOptimizer (optimizers/adam_optimizer.js). */
interface AdamFields {
  readonly accBeta1: tf.Variable;
  readonly accBeta2: tf.Variable;
  accumulatedFirstMoment: Slot[];
  accumulatedSecondMoment: Slot[];
}

interface Slot {
  readonly originalName: string;
  readonly variable: tf.Variable;
}

/** Adds an optimizer's state to `tensors`, under names that begin with `prefix`. */
export function readAdamState(
  optimizer: tf.AdamOptimizer,
  prefix: string,
  tensors: Map<string, NamedTensor>,
): void {
  const fields = fieldsOf(optimizer);
  const put = (name: string, tensor: tf.Tensor) =>
    tensors.set(`${prefix}/${name}`, {
      shape: tensor.shape,
      values: tensor.dataSync<"float32">(),
    });
  put("beta1_power", fields.accBeta1);
  put("beta2_power", fields.accBeta2);
  fields.accumulatedFirstMoment.forEach((slot, i) => put(`m/${i}`, slot.variable));
  fields.accumulatedSecondMoment.forEach((slot, i) => put(`v/${i}`, slot.variable));
}

/**
 * Restores a saved state into a new optimizer.
 *
 * @throws {Error} if the optimizer has already taken steps, or if the saved state is incomplete
 */
export function restoreAdamState(
  optimizer: tf.AdamOptimizer,
  prefix: string,
  tensors: ReadonlyMap<string, NamedTensor>,
): void {
  const fields = fieldsOf(optimizer);
  if (fields.accumulatedFirstMoment.length > 0) {
    throw new Error("Restoring an optimizer: it has already taken steps.");
  }
  const take = (name: string) => {
    const saved = tensors.get(`${prefix}/${name}`);
    return saved && tf.tensor(saved.values, [...saved.shape]);
  };
  for (const name of ["beta1_power", "beta2_power"]) {
    if (tensors.get(`${prefix}/${name}`)?.shape.length !== 0) {
      throw new Error(`no number '${prefix}/${name}'`);
    }
  }
  requireWholeSlots(prefix, tensors);
  assignAndDispose(fields.accBeta1, take("beta1_power")!);
  assignAndDispose(fields.accBeta2, take("beta2_power")!);
  fields.accumulatedFirstMoment = takeSlots("m");
  fields.accumulatedSecondMoment = takeSlots("v");

  function takeSlots(kind: string): Slot[] {
    const slots: Slot[] = [];
    for (
      let value = take(`${kind}/0`);
      value;
      value = take(`${kind}/${slots.length}`)
    ) {
      slots.push({
        originalName: `${prefix}/${kind}/${slots.length}`,
        variable: tf.variable(value, false),
      });
      value.dispose();
    }
    return slots;
  }
}

function assignAndDispose(variable: tf.Variable, value: tf.Tensor): void {
  variable.assign(value);
  value.dispose();
}

function fieldsOf(optimizer: tf.AdamOptimizer): AdamFields {
  return optimizer as unknown as AdamFields;
}

/**
 * Checks that no moment is missing, and that the first and the second moment of each variable have
 * the same shape.
 */
function requireWholeSlots(prefix: string, tensors: ReadonlyMap<string, NamedTensor>): void {
  const kinds = ["m", "v"].map((kind) => `${prefix}/${kind}/`);
  const names = [...tensors.keys()].filter((name) => kinds.some((kind) => name.startsWith(kind)));
  const count = Math.ceil(names.length / 2);
  for (let i = 0; i < count; i++) {
    const shapes = kinds.map((kind) => tensors.get(`${kind}${i}`)?.shape.join("x"));
    const missing = shapes.indexOf(undefined);
    if (missing >= 0) throw new Error(`no tensor '${kinds[missing]}${i}'`);
    if (shapes[0] !== shapes[1]) {
      throw new Error(`moments '${prefix}/…/${i}' of shapes ${shapes.join(" and ")}`);
    }
  }
}
