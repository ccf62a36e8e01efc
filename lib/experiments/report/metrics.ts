/**
 * Defines the metrics that are columns in the tables of experiments. The definition of a metric
 * names the extractor and the score, and says how to format the score and whether lower or higher
 * scores are better.
 */
import type { ExtractorName } from "../../evaluation/extractors/extractor.ts";
import type { Evaluation, Score } from "../../evaluation/judge/score.ts";

export interface Metric {
  /** The name of the metric's column in the CSV and Parquet files. */
  readonly id: string;
  /** The heading of the metric's column in the tables of the written report. */
  readonly label: string;
  readonly extractor: ExtractorName;
  /** The name of the score in scores.json. */
  readonly score: string;
  readonly better: "lower" | "higher";
  /** The number of digits after the decimal point. */
  readonly decimals: number;
}

/**
 * The metrics in the order of the tables' columns. The metrics that use LeNet's features are
 * measured only if LeNet's weights are available.
 */
export const metrics: readonly Metric[] = Object.freeze([
  metric("digit_fid", "digit-FID", "digit-FID", "lower", 1),
  {
    ...metric("lenet_fid", "LeNet-FID", "LeNet-FID", "lower", 3),
    extractor: "lenet",
  },
  metric("digit_fid_infinity", "digit-FID∞", "digit-FID∞", "lower", 1),
  metric("digit_kid", "digit-KID", "digit-KID", "lower", 2),
  metric("precision", "precision", "precision", "higher", 3),
  metric("recall", "recall", "recall", "higher", 3),
  metric("coverage", "coverage", "coverage", "higher", 3),
  metric("sure_share", "sure", "share of sure digits (p ≥ 0.99)", "higher", 3),
  metric(
    "class_distance",
    "class imbalance",
    "classes, distance from uniform",
    "lower",
    3,
  ),
  metric(
    "near_copies",
    "near copies",
    "suspiciously near to one, pixels (share)",
    "lower",
    4,
  ),
]);

function metric(
  id: string,
  label: string,
  score: string,
  better: Metric["better"],
  decimals: number,
): Metric {
  return { id, label, extractor: "digit", score, better, decimals };
}

/** Returns the score of a metric. Returns undefined if the metric was not measured. */
export function scoreOf(
  { extractor, score }: Metric,
  evaluations: readonly Evaluation[],
): Score | undefined {
  return evaluations.find((each) => each.extractor.name === extractor)
    ?.scores.find(({ name }) => name === score);
}
