/** Scores of several runs that differ in their seeds only: how good a recipe is, and how much a seed is worth. */
import { kindOf, readEvaluations } from "../evaluation/evaluations_file.ts";
import type { Evaluation, Score } from "../evaluation/score.ts";
import { type Run, RunError } from "./run_folder.ts";

/** One score over all runs. */
export interface SeedScore extends Omit<Score, "value" | "spread"> {
  readonly mean: number;
  /** Standard deviation over the runs (one degree of freedom lost); nothing for one run. */
  readonly deviation?: number;
  /** By run, in the order of the seeds. */
  readonly values: readonly number[];
}

/** All scores by one extractor against one real set. */
export interface SeedEvaluation
  extends Pick<Evaluation, "against" | "images" | "extractor"> {
  readonly scores: readonly SeedScore[];
}

export interface SeedScores {
  /** The runs' seeds. */
  readonly seeds: readonly number[];
  readonly evaluations: readonly SeedEvaluation[];
}

/**
 * Gathers what `deno task evaluate` has kept in the runs' folders.
 *
 * @throws {RunError} when runs differ in more than their seeds, or one lacks an evaluation that another has
 */
export async function gatherScores(runs: readonly Run[]): Promise<SeedScores> {
  requireAlike(runs);
  const evaluations = await Promise.all(
    runs.map(({ folder }) => readEvaluations(folder)),
  );
  const kinds = new Set(evaluations.flat().map(kindOf));
  return {
    seeds: runs.map(({ options }) => options.seed),
    evaluations: [...kinds].map((kind) =>
      overRuns(runs.map((run, i) => find(run, evaluations[i], kind)))
    ),
  };
}

function requireAlike([first, ...others]: readonly Run[]): void {
  const withoutSeed = ({ options }: Run) =>
    JSON.stringify({ ...options, seed: 0 });
  const other = others.find((run) => withoutSeed(run) !== withoutSeed(first));
  if (!other) return;
  throw new RunError(
    `Publishing '${other.name}' with '${first.name}': wanted runs that differ in their seeds only, found other ` +
      "differences in their config.json.",
  );
}

function find(
  { name, folder }: Run,
  evaluations: readonly Evaluation[],
  kind: string,
): Evaluation {
  const found = evaluations.find((evaluation) => kindOf(evaluation) === kind);
  if (found) return found;
  const [against, [images], { name: extractor }] = JSON.parse(kind);
  throw new RunError(
    `Publishing run '${name}': wanted an evaluation of ${images} images by ${extractor} against ${against}, as another ` +
      `run has; found none in ${folder}/scores.json. Run deno task evaluate ${folder} --extractor ${extractor}.`,
  );
}

function overRuns(evaluations: readonly Evaluation[]): SeedEvaluation {
  const [{ against, images, extractor, scores }] = evaluations;
  return {
    against,
    images,
    extractor,
    scores: scores.map(({ name, floor, better }) => {
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
