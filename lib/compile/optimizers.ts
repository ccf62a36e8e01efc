/**
 * Keeps a graph up to date when optimizers change. An optimizer's learning rate is an input of the
 * graph, and the current rate is fed to each run. If any other field of the optimizer changes, then
 * the call is traced again.
 */
import * as tf from "@tensorflow/tfjs";
import type { Counting } from "./call_effects.ts";
import { dataTypes, type GraphNode } from "./graph_def.ts";
import { constantOf } from "./read_constants.ts";
import { replaceMethod } from "./replace_method.ts";

/**
 * Fields of tfjs' optimizers. The SGD and momentum optimizers keep the negated learning rate as a
 * tensor in the field `c`.
 */
interface Fields extends Counting {
  learningRate?: number;
  readonly c?: tf.Tensor;
}

function fieldsOf(optimizer: tf.Optimizer): Fields {
  return optimizer as unknown as Fields;
}

/** A learning rate that is fed to a graph. */
export interface Rate {
  readonly node: string;
  /** Returns the number to feed, which is the current learning rate or its negative. */
  readonly value: () => number;
}

/** An optimizer that takes steps in a graph. */
export interface UsedOptimizer {
  readonly optimizer: tf.Optimizer;
  /** The number of steps that the optimizer takes in each run of the graph. */
  readonly steps: number;
}

/**
 * The methods with which the optimizers of tfjs take steps. They use the rate only as a factor.
 */
const builtInSteps: ReadonlySet<unknown> = new Set([
  ...[tf.SGDOptimizer, tf.MomentumOptimizer, tf.AdagradOptimizer, tf.AdadeltaOptimizer],
  ...[tf.AdamOptimizer, tf.AdamaxOptimizer, tf.RMSPropOptimizer],
].map(({ prototype }) => prototype.applyGradients));

/** An optimizer with its learning rate and a temporary one. */
interface ChangedRate {
  readonly optimizer: tf.Optimizer;
  readonly fields: Fields;
  readonly rate: number;
  readonly other: number;
}

/**
 * Gives optimizers temporary learning rates during a call. Constants that change with the rates can
 * then be recognized as learning rates.
 */
export class ChangedRates {
  readonly #rates: readonly ChangedRate[];
  #isUsedElsewhere = false;

  /** Chooses a different temporary rate for each optimizer, because the real rates may be equal. */
  constructor(optimizers: readonly tf.Optimizer[]) {
    this.#rates = optimizers.flatMap((optimizer, i) => {
      const fields = fieldsOf(optimizer);
      const rate = fields.learningRate;
      if (typeof rate !== "number") return [];
      const usable = Number.isFinite(rate) && rate !== 0;
      return [{ optimizer, fields, rate, other: usable ? rate / (i + 2) : i + 1 }];
    });
  }

  get none(): boolean {
    return this.#rates.length === 0;
  }

  /**
   * Whether a rate was read outside the steps of the optimizers. Such code may do anything with the
   * rate, such as compare it with another number, which two values of the rate need not show.
   */
  get isUsedElsewhere(): boolean {
    return this.#isUsedElsewhere;
  }

  during<T>(call: () => T): T {
    const undo = this.#rates.map((rate) => this.#change(rate));
    try {
      return call();
    } finally {
      for (const one of undo) one();
    }
  }

  /** Gives an optimizer its temporary rate. Returns a function that restores the optimizer. */
  #change({ optimizer, fields, rate, other }: ChangedRate): () => void {
    let [steps, current] = [0, other];
    // A rule that a user wrote may do anything with the rate, so its steps do not count.
    const restoreSteps = builtInSteps.has(optimizer.applyGradients)
      ? replaceMethod(optimizer, "applyGradients", () => (gradients) => {
        steps++;
        try {
          // The method of the class may have been replaced in the meantime, to fuse operations.
          const { applyGradients }: tf.Optimizer = Object.getPrototypeOf(optimizer);
          return applyGradients.call(optimizer, gradients);
        } finally {
          steps--;
        }
      })
      : () => {};
    const property = { configurable: true, enumerable: true };
    Object.defineProperty(fields, "learningRate", {
      ...property,
      get: () => {
        this.#isUsedElsewhere ||= steps === 0;
        return current;
      },
      set: (value: number) => {
        current = value;
      },
    });
    return () => {
      restoreSteps();
      Object.defineProperty(fields, "learningRate", { ...property, writable: true, value: rate });
    };
  }

  /**
   * Returns the learning rate if a constant node holds a learning rate or its negative. Otherwise
   * returns undefined.
   *
   * @param node the node as it was recorded while the optimizers had their real rates
   * @param changed the same node, but recorded while the optimizers had their temporary rates
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

function scalarOf(node: GraphNode): number | undefined {
  const constant = constantOf(node);
  const isScalar = constant?.shape.length === 0 && constant.dataType === dataTypes.float32;
  return isScalar ? constant.values[0] : undefined;
}

/**
 * Returns the captured tensor. If the tensor holds an optimizer's negated learning rate, then the
 * result also has a function `current`, which returns the data id of the tensor with the
 * optimizer's latest negated rate. The function is needed because the optimizer makes a new tensor
 * whenever its learning rate changes.
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

/** Fields of an optimizer that may change without causing a new trace. */
const followed = new Set(["iterations_", "c"]);

/**
 * Returns a function that tells whether the fields of the optimizers are still the same. Step
 * counts may change. Learning rates may change if they are inputs of the graph.
 *
 * @param followsRate true if the graph uses learning rates only as inputs
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

/**
 * Increases each optimizer's step count by the number of steps that the optimizer takes in one run
 * of the graph.
 */
export function countSteps(used: readonly UsedOptimizer[]): void {
  for (const { optimizer, steps } of used) {
    const counting = fieldsOf(optimizer);
    counting.iterations_ = (counting.iterations_ ?? 0) + steps;
  }
}
