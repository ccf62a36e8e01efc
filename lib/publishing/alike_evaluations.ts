import { keyOf, readEvaluations, UNKNOWN_SCORING } from "../evaluation/judge/evaluations_file.ts";
import type { Evaluation } from "../evaluation/judge/score.ts";
import { SCORES_VERSION, TEST_SET, TRAINING_SET } from "../evaluation/judge/evaluate_options.ts";
import { accuracyClassifiersOf } from "../evaluation/judge/accuracy_score_name.ts";
import { type Run, RunError } from "../runs/run_folder.ts";

/**
 * The path of the averaged generator in a run's folder. Only the evaluations of this model are
 * used.
 */
const PUBLISHED = "models/average";

/**
 * Collects the evaluations that `deno task evaluate` saved for the averaged generators of several
 * runs. Only evaluations that were measured in the same way can be compared.
 *
 * @returns one list for each way of measuring; each list has one evaluation per run
 * @throws {RunError} when a run has only outdated scores, or lacks an evaluation or a score that
 * another run has; the message names the command that adds what is missing
 */
export async function readAlike(runs: readonly Run[]): Promise<Evaluation[][]> {
  const evaluations = await Promise.all(runs.map(readCurrent));
  const byKey = new Map(
    evaluations.flat().map((evaluation) => [keyOf(evaluation), evaluation]),
  );
  return [...byKey.values()].map((wanted) => {
    const alike = runs.map((run, i) => find(run, evaluations[i], wanted));
    requireSameScores(runs, alike);
    return alike;
  });
}

/**
 * Returns a run's evaluations, except those with an older scoring version. Throws if the run
 * has only older evaluations.
 */
async function readCurrent(run: Run): Promise<Evaluation[]> {
  const all = (await readEvaluations(run.folder)).filter((
    { subject, scoring },
  ) => subject.path === PUBLISHED || scoring === UNKNOWN_SCORING);
  const current = all.filter(({ scoring }) => scoring === SCORES_VERSION);
  if (all.length === 0 || current.length > 0) return current;
  const [{ scoring }] = all;
  throw new RunError(
    `Publishing run '${run.name}': wanted scores of version ${SCORES_VERSION} in ${run.folder}/scores.json, found ` +
      (scoring === UNKNOWN_SCORING
        ? "scores of a version that did not record how they were measured"
        : `version ${scoring}`) +
      `. Evaluate again: ${commandFor(run, all[0])}`,
  );
}

function find(
  run: Run,
  evaluations: readonly Evaluation[],
  wanted: Evaluation,
): Evaluation {
  const key = keyOf(wanted);
  const found = evaluations.find((evaluation) => keyOf(evaluation) === key);
  if (found) return found;
  const { against, images: [images], extractor, seed } = wanted;
  throw new RunError(
    `Publishing run '${run.name}': wanted an evaluation of ${images} images with seed ${seed} by ${extractor.name} ` +
      `(weights ${extractor.hash?.slice(0, 8)}) against ${against}, like another run's; ` +
      "found none in " +
      `${run.folder}/scores.json. Evaluate it: ${commandFor(run, wanted)}`,
  );
}

/**
 * Throws if one run's evaluation lacks a score that another run's evaluation has. This can happen
 * with optional scores, such as the accuracy score.
 */
function requireSameScores(
  runs: readonly Run[],
  evaluations: readonly Evaluation[],
): void {
  const wanted = new Set(
    evaluations.flatMap(({ scores }) => scores.map(({ name }) => name)),
  );
  evaluations.forEach((evaluation, i) => {
    const found = new Set(evaluation.scores.map(({ name }) => name));
    const missing = [...wanted.difference(found)];
    if (missing.length === 0) return;
    throw new RunError(
      `Publishing run '${runs[i].name}': wanted the same scores as another run, found ` +
        `${runs[i].folder}/scores.json without ${missing.join(", ")}. Evaluate it again: ` +
        `${commandFor(runs[i], evaluation, missing)}`,
    );
  });
}

/** Returns the command that repeats an evaluation of a run and adds the missing scores. */
function commandFor(
  { folder }: Run,
  { against, images: [samples], extractor, seed, scores }: Evaluation,
  missing: readonly string[] = [],
): string {
  // The number of classifiers in a missing score matters more than the number in an existing one.
  const names = [...missing, ...scores.map(({ name }) => name)];
  return [
    `deno task evaluate ${folder} --extractor ${extractor.name}`,
    ...(extractor.name === "lenet" ? ["--weights FILE"] : []),
    `--samples ${samples} --seed ${seed} --against ${againstOption(against)}`,
    ...names.flatMap(accuracyOption).slice(0, 1),
  ].join(" ");
}

function accuracyOption(name: string): string[] {
  const classifiers = accuracyClassifiersOf(name);
  return classifiers === undefined ? [] : [`--accuracy-score ${classifiers}`];
}

function againstOption(name: string): string {
  const sets = [TRAINING_SET, TEST_SET];
  // The name of a generated set ends with the kind of generator and the seed, which are removed
  // here.
  return ["train", "test"][sets.indexOf(name)] ??
    name.replace(/ \((average|generator), seed \d+\)$/, "");
}
