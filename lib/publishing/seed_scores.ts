import type { Evaluation, Score } from "../evaluation/judge/score.ts";
import { readAlike } from "./alike_evaluations.ts";
import { type Run, RunError } from "../runs/run_folder.ts";

/**
 * The values of one score in several runs that differ only in their seeds, with their mean and
 * standard deviation.
 */
export interface SeedScore extends Omit<Score, "value" | "spread"> {
  readonly mean: number;
  /**
   * Standard deviation over the runs, with the divisor n − 1; undefined if there is only one run.
   */
  readonly deviation?: number;
  /** The score of each run, in the order of {@linkcode SeedScores.seeds}. */
  readonly values: readonly number[];
}

/** The scores of all runs for one way of measuring. */
export interface SeedEvaluation extends
  Pick<
    Evaluation,
    "against" | "images" | "extractor" | "classifier" | "scoring"
  > {
  /** Path of the evaluated model, relative to the folder of each run. */
  readonly subject: string;
  /** Seed from which the evaluated images were generated. */
  readonly seed: number;
  readonly scores: readonly SeedScore[];
}

export interface SeedScores {
  readonly seeds: readonly number[];
  readonly evaluations: readonly SeedEvaluation[];
}

/**
 * Gathers the scores that `deno task evaluate` saved for the averaged generators of several runs.
 *
 * @throws {RunError} when the runs differ in more than their seeds, or when a run lacks an
 * evaluation or a score that another run has
 */
export async function gatherScores(runs: readonly Run[]): Promise<SeedScores> {
  requireAlike(runs);
  return {
    seeds: runs.map(({ options }) => options.seed),
    evaluations: (await readAlike(runs)).map(overRuns),
  };
}

function requireAlike([first, ...others]: readonly Run[]): void {
  const withoutSeed = ({ options }: Run) => JSON.stringify({ ...options, seed: 0 });
  const other = others.find((run) => withoutSeed(run) !== withoutSeed(first));
  if (!other) return;
  throw new RunError(
    `Publishing '${other.name}' with '${first.name}': wanted runs that differ only in their seeds, found other ` +
      "differences in their config.json.",
  );
}

function overRuns(evaluations: readonly Evaluation[]): SeedEvaluation {
  const [first] = evaluations;
  const { subject, seed, scoring, against, images, extractor, classifier } = first;
  return {
    subject: subject.path,
    seed,
    scoring,
    against,
    images,
    extractor,
    ...(classifier !== undefined && { classifier }),
    scores: first.scores.map(({ name, floor, better }) => {
      const values = evaluations.map(({ scores }) =>
        scores.find((score) => score.name === name)!.value
      );
      return {
        name,
        ...summarize(values),
        ...(floor !== undefined && { floor }),
        ...(better && { better }),
        values,
      };
    }),
  };
}

function summarize(
  values: readonly number[],
): Pick<SeedScore, "mean" | "deviation"> {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (n - 1)) };
}
