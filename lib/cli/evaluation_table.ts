/** Formats an evaluation as text. */
import type { Evaluation, Score } from "../evaluation/judge/score.ts";
import { alignColumns } from "../display/align_columns.ts";

const DIGITS = 4;

/**
 * The meaning of the number after ±. The number has the given meaning for all scores whose names
 * match the pattern `name`.
 */
const spreads: readonly (readonly [name: RegExp, meaning: string])[] = [
  [
    /KID$/,
    "for KID, the standard deviation over subsets of 1,000 images or all",
  ],
  [/∞$/, "for FID∞, the standard error of the line through 15 sizes"],
  [
    /^classification accuracy/,
    "for the accuracy score, the standard deviation of single classifiers",
  ],
];

/**
 * Formats an evaluation as text: the two sets of images, a table of the scores and their floors,
 * and remarks.
 */
export function formatEvaluation(evaluation: Evaluation): string {
  const {
    target,
    against,
    images,
    extractor,
    seed,
    scores,
    histogram,
    remarks,
  } = evaluation;
  const [own, real] = images.map((count) => Number.isNaN(count) ? "?" : count.toLocaleString("en"));
  const weights = extractor.hash ? `, weights ${extractor.hash.slice(0, 8)}` : "";
  return [
    `${target} against ${against}`,
    `${own} images against ${real}; features: ${extractor.name} (${extractor.dimension} numbers${weights}); seed ${seed}`,
    "",
    alignColumns([["", "value", "floor", "better"], ...scores.map(rowOf)]),
    ...(histogram ? [`\nRead as 0 to 9, in %: ${percents(histogram)}`] : []),
    ...remarks.map((remark) => `\n${remark}`),
    ...explainSpreads(scores),
    ...(scores.some(({ floor }) => floor !== undefined)
      ? ["\nFloor: the score of the same number of real images."]
      : []),
    // This line has the same format as the line that pytorch-fid prints.
    ...scores.filter(({ name }) => name === "FID").map(({ value }) => `FID:  ${value}`),
  ].join("\n");
}

function explainSpreads(scores: readonly Score[]): string[] {
  const meanings = spreads.filter(([pattern]) =>
    scores.some(({ name, spread }) => spread !== undefined && pattern.test(name))
  ).map(([, meaning]) => meaning);
  return meanings.length === 0 ? [] : [`\n±: ${meanings.join("; ")}.`];
}

function percents(shares: readonly number[]): string {
  return shares.map((share) => (100 * share).toFixed(1)).join(" ");
}

function rowOf({ name, value, spread, floor, better }: Score): string[] {
  return [
    name,
    number(value) + (spread === undefined ? "" : ` ± ${number(spread)}`),
    floor === undefined ? "" : number(floor),
    better ?? "",
  ];
}

function number(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toPrecision(DIGITS);
}
