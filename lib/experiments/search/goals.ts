/**
 * What the best model is wanted to reach, and how far a cell is from it: what the search minimizes.
 */
import type { Evaluation } from "../../evaluation/judge/score.ts";
import { metrics, scoreOf } from "../report/metrics.ts";

/** A metric's id, and the value to reach. */
export interface SearchGoal {
  readonly metric: string;
  readonly value: number;
}

/** A clear digit, in its variety, of each class as often, and no copy. */
export const goals: readonly SearchGoal[] = Object.freeze([
  { metric: "digit_fid", value: 18.8 },
  { metric: "lenet_fid", value: 0.2 },
  { metric: "precision", value: 0.9 },
  { metric: "recall", value: 0.6 },
  { metric: "class_distance", value: 0.03 },
  { metric: "near_copies", value: 0.01 },
]);

/** Values below this are as good as it: the logarithm of no copy at all would be infinite. */
const LEAST = 1e-3;

/**
 * How far scores are from the goals: the sum of log ratios of what is missed, 0 where every goal is
 * reached. Missing a goal by a factor counts the same for each; what is better than its goal makes
 * up for nothing. A metric that was not measured is left out.
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
