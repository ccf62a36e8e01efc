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

/**
 * Returns how far scores are from the goals: the sum of the logarithms of the factors by which
 * goals are missed, or 0 if every goal is reached. A given factor counts the same for every goal,
 * and exceeding one goal does not make up for missing another. Skips metrics that were not
 * measured.
 */
export function shortfall(evaluations: readonly Evaluation[]): number {
  return goals.reduce((sum, { metric: id, value: wanted }) => {
    const metric = metrics.find((metric) => metric.id === id)!;
    const found = scoreOf(metric, evaluations)?.value;
    if (found === undefined) return sum;
    const ratio = Math.max(found, LEAST) / wanted;
    const missed = Math.log(metric.better === "lower" ? ratio : 1 / ratio);
    return sum + Math.max(0, missed);
  }, 0);
}
