/**
 * Defines the scores that the best model should reach, and measures how far a model's scores are
 * from these goals. The search looks for the model that comes closest to the goals.
 */
import type { Evaluation } from "../../evaluation/judge/score.ts";
import { metrics, scoreOf } from "../report/metrics.ts";

/** A metric, given by its id, and the score that a model should reach on this metric. */
export interface SearchGoal {
  readonly metric: string;
  readonly value: number;
}

/**
 * The goals of the search. A model reaches all of them only if its digits are clear and varied, if
 * all classes are about equally frequent, and if hardly any image is nearly a copy of a training
 * image.
 */
export const goals: readonly SearchGoal[] = Object.freeze([
  { metric: "digit_fid", value: 18.8 },
  { metric: "lenet_fid", value: 0.2 },
  { metric: "precision", value: 0.9 },
  { metric: "recall", value: 0.6 },
  { metric: "class_distance", value: 0.03 },
  { metric: "near_copies", value: 0.01 },
]);

/**
 * The lower bound for scores. Smaller scores are raised to this value, because the logarithm of a
 * score of 0 is not finite. For example, the score for near copies is 0 if there are no near
 * copies.
 */
const LEAST = 1e-3;

/** Measures how far a model's scores are from the goals. */
export interface Shortfall {
  /**
   * A sum to which each missed goal adds the logarithm of the factor by which it is missed. A
   * goal that is reached adds 0 to this sum.
   */
  readonly missed: number;
  /**
   * The sum of log(distance / goal) over the metrics that are Fréchet distances. This sum breaks
   * ties between models with the same value of `missed`, for example between two models that reach
   * all goals.
   */
  readonly distance: number;
}

/**
 * Returns how far a model's scores are from the goals. All goals have the same weight: only the
 * factor by which a goal is missed matters. If a model misses one goal, it cannot make up for this
 * by exceeding another goal. Metrics that were not measured are skipped.
 */
export function shortfall(evaluations: readonly Evaluation[]): Shortfall {
  const factors = goals.flatMap(({ metric: id, value: wanted }) => {
    const metric = metrics.find((metric) => metric.id === id)!;
    const found = scoreOf(metric, evaluations)?.value;
    if (found === undefined) return [];
    const ratio = Math.max(found, LEAST) / wanted;
    return [{ id, log: Math.log(metric.better === "lower" ? ratio : 1 / ratio) }];
  });
  const sumOf = (logs: readonly number[]) => logs.reduce((sum, log) => sum + log, 0);
  return {
    missed: sumOf(factors.map(({ log }) => Math.max(0, log))),
    distance: sumOf(factors.filter(({ id }) => id.endsWith("_fid")).map(({ log }) => log)),
  };
}

/**
 * Compares two shortfalls, so that sorting puts the best model first. A model without scores comes
 * last.
 */
export function compareShortfalls(a: Shortfall | undefined, b: Shortfall | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.missed - b.missed || a.distance - b.distance;
}
