/**
 * Defines the metrics that are columns in the tables of experiments. Each metric has an extractor,
 * a score and a number format, and says whether lower or higher values are better.
 */
import type { ExtractorName } from "../../evaluation/extractors/extractor.ts";
import type { Evaluation, Score } from "../../evaluation/judge/score.ts";

export interface Metric {
  /** Name of the column in the CSV and Parquet files. */
  readonly id: string;
  /** Heading of the column in the tables that people read. */
  readonly label: string;
  readonly extractor: ExtractorName;
  /** The score's name in scores.json. */
  readonly score: string;
  readonly better: "lower" | "higher";
  /** Number of digits after the decimal point. */
  readonly decimals: number;
}

/**
 * The metrics that the tables show. Metrics that use LeNet features appear only if LeNet's weights
 * were available.
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

/** Returns the score of a metric, or undefined if it was not measured. */
export function scoreOf(
  { extractor, score }: Metric,
  evaluations: readonly Evaluation[],
): Score | undefined {
  return evaluations.find((each) => each.extractor.name === extractor)
    ?.scores.find(({ name }) => name === score);
}
