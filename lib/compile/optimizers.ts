/**
 * Optimizers in a graph. Their settings are numbers in JavaScript, which a graph would keep: the
 * learning rate becomes an input that is fed with the field's present value, and a change of any
 * other field is noticed, so that the call is traced again.
 */
import type * as tf from "@tensorflow/tfjs";
import type { Counting } from "./call_effects.ts";
import { dataTypes, type GraphNode } from "./graph_def.ts";

/**
 * What the optimizers of tfjs have in common, as far as it is used here; sgd and momentum keep
 * −rate in `c`.
 */
interface Fields extends Counting {
  learningRate?: number;
  readonly c?: tf.Tensor;
}

function fieldsOf(optimizer: tf.Optimizer): Fields {
  return optimizer as unknown as Fields;
}

/** A learning rate in a graph. */
export interface Rate {
  /** The node that stands for it. */
  readonly node: string;
  /** The number to feed now. */
  readonly value: () => number;
}

/** An optimizer that a graph takes steps with. */
export interface UsedOptimizer {
  readonly optimizer: tf.Optimizer;
  /** How many steps a run of the graph takes. */
  readonly steps: number;
}

/** Another learning rate for an optimizer, for the length of a call. */
export class ChangedRates {
  readonly #rates: readonly {
    readonly fields: Fields;
    readonly rate: number;
    readonly other: number;
  }[];

  /**
   * Each optimizer gets a rate of its own, so that they can be told apart even where they have the
   * same one.
   */
  constructor(optimizers: readonly tf.Optimizer[]) {
    this.#rates = optimizers.flatMap((optimizer, i) => {
      const fields = fieldsOf(optimizer);
      const rate = fields.learningRate;
      if (typeof rate !== "number") return [];
      const usable = Number.isFinite(rate) && rate !== 0;
      return [{ fields, rate, other: usable ? rate / (i + 2) : i + 1 }];
    });
  }

  get none(): boolean {
    return this.#rates.length === 0;
  }

  during<T>(call: () => T): T {
    for (const { fields, other } of this.#rates) fields.learningRate = other;
    try {
      return call();
    } finally {
      for (const { fields, rate } of this.#rates) fields.learningRate = rate;
    }
  }

  /**
   * Which learning rate a constant is, or the negative of which.
   *
   * @param node a constant of a call
   * @param changed the same constant of a call with the other rates
   */
  explain(node: GraphNode, changed: GraphNode): Rate | undefined {
    const [value, other] = [node, changed].map(scalarOf);
    if (value === undefined || other === undefined) return undefined;
    for (const sign of [1, -1]) {
      const found = this.#rates.find((candidate) =>
        value === Math.fround(sign * candidate.rate) &&
        other === Math.fround(sign * candidate.other)
      );
      if (!found) continue;
      const { fields } = found;
      return { node: node.name, value: () => sign * fields.learningRate! };
    }
    return undefined;
  }
}

function scalarOf({ operation, attributes }: GraphNode): number | undefined {
  const { value } = attributes;
  if (operation !== "Const" || value?.kind !== "tensor") return undefined;
  const { shape, dataType, values } = value.value;
  const isScalar = shape.length === 0 && dataType === dataTypes.float32;
  return isScalar ? values[0] : undefined;
}

/**
 * A captured tensor that is an optimizer's negative rate follows the optimizer, which makes another
 * for each rate.
 */
export function followRate<T extends { readonly dataId: tf.DataId }>(
  captured: T,
  optimizers: readonly tf.Optimizer[],
): T & { readonly current?: () => tf.DataId } {
  const owner = optimizers.map(fieldsOf).find(({ c }) => c?.dataId === captured.dataId);
  if (!owner) return captured;
  const current = () => owner.c && !owner.c.isDisposed ? owner.c.dataId : captured.dataId;
  return { ...captured, current };
}

/** Fields that a graph follows, or sets itself. */
const followed = new Set(["iterations_", "c"]);

/**
 * Whether the optimizers are as they are now, but for what a graph follows: a setting that was
 * changed, or weights that were set, need another trace.
 *
 * @param followsRate whether all that a graph has of the learning rates is fed
 */
export function sameOptimizers(
  optimizers: readonly tf.Optimizer[],
  followsRate: boolean,
): () => boolean {
  const fields = optimizers.flatMap((optimizer) => {
    const record = optimizer as unknown as Record<string, unknown>;
    return Object.entries(record)
      .filter(([name]) => !followed.has(name) && !(followsRate && name === "learningRate"))
      .map(([name, value]) => ({ record, name, value }));
  });
  return () => fields.every(({ record, name, value }) => Object.is(record[name], value));
}

/** Counts the steps of a run. */
export function countSteps(used: readonly UsedOptimizer[]): void {
  for (const { optimizer, steps } of used) {
    const counting = fieldsOf(optimizer);
    counting.iterations_ = (counting.iterations_ ?? 0) + steps;
  }
}
