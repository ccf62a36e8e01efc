/**
 * Defines the scores that the best model should reach, and measures how far a model's scores are
 * from these goals. The search minimizes this distance.
 */
import type { Evaluation } from "../../evaluation/judge/score.ts";
import { metrics, scoreOf } from "../report/metrics.ts";

/** The id of a metric, and the value that the metric should reach. */
export interface SearchGoal {
  readonly metric: string;
  readonly value: number;
}

/**
 * The goals. Together they require clear and varied digits, equal numbers of each class, and hardly
 * any near copies of training images.
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
 * Lower bound for scores. Smaller scores are raised to this value, since a score of 0 (no near
 * copies, for example) has no finite logarithm.
 */
const LEAST = 1e-3;

/** How far a model's scores are from the goals. */
export interface Shortfall {
  /** Sum of the logarithms of the factors by which goals are missed; 0 if all are reached. */
  readonly missed: number;
  /**
   * Sum of the logarithms of the Fréchet distances, relative to their goals. It decides between
   * models that miss the goals by the same factor, such as two that reach all of them.
   */
  readonly distance: number;
}

/**
 * Returns how far scores are from the goals. A given factor counts the same for every goal, and
 * exceeding one goal does not make up for missing another. Skips metrics that were not measured.
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

/** Orders shortfalls from best to worst. A model without scores comes last. */
export function compareShortfalls(a: Shortfall | undefined, b: Shortfall | undefined): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.missed - b.missed || a.distance - b.distance;
}
