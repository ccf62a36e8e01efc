/**
 * Reads and writes the file scores.json of a run. The file contains at most one evaluation for each
 * key that {@linkcode keyOf} returns.
 */
import { z } from "zod";
import { writeAtomically } from "../../system/atomic_write.ts";
import { describeProblem } from "../../system/describe_problem.ts";
import { EvaluationError } from "../evaluation_error.ts";
import type { Evaluation } from "./score.ts";

const FILE = "scores.json";

/** The scoring version of old evaluations, in which no version is stored. */
export const UNKNOWN_SCORING = 0;

/**
 * Matches the names of accuracy scores in old evaluations, whose classifiers were trained for five
 * epochs. Such scores are dropped.
 */
const OLD_ACCURACY_SCORE = /^classification accuracy score( \(classifiers: \d+\))?$/;

const fileSchema = z.strictObject({
  evaluations: z.array(
    z.object({
      target: z.string(),
      subject: z.object({ path: z.string(), hash: z.string().optional() })
        .optional(),
      against: z.string(),
      images: z.tuple([z.number(), z.number()]),
      extractor: z.object({
        name: z.string(),
        hash: z.string().optional(),
        dimension: z.number(),
      }),
      classifier: z.string().optional(),
      scoring: z.int().optional(),
      seed: z.number(),
      scores: z.array(z.object({
        name: z.string(),
        value: z.number(),
        spread: z.number().optional(),
        floor: z.number().optional(),
        better: z.enum(["lower", "higher"]).optional(),
      })),
      histogram: z.array(z.number()).optional(),
      remarks: z.array(z.string()),
    }).transform((evaluation) => ({
      ...evaluation,
      scores: evaluation.scores.filter(({ name }) => !OLD_ACCURACY_SCORE.test(name)),
      subject: evaluation.subject ?? { path: evaluation.target },
      scoring: evaluation.scoring ?? UNKNOWN_SCORING,
    })),
  ),
});

/**
 * Returns the evaluations from the file scores.json in a folder, or an empty list if the folder has
 * no such file.
 *
 * @throws {EvaluationError} when the file was not written by {@linkcode keepEvaluation}
 */
export async function readEvaluations(folder: string): Promise<Evaluation[]> {
  const path = `${folder}/${FILE}`;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text)).evaluations as Evaluation[];
  } catch (cause) {
    throw new EvaluationError(
      `${path}: wanted the scores that deno task evaluate writes, found ` +
        `${describeOther(text, cause)}. Rename or remove it, then evaluate again.`,
      { cause },
    );
  }
}

function describeOther(text: string, cause: unknown): string {
  if (/^\s*\{\s*"seeds"/.test(text)) {
    return "scores of several runs, which deno task publish writes";
  }
  return `something else (${describeProblem(cause)})`;
}

/**
 * Adds an evaluation to the file scores.json in a folder. If the file contains an earlier
 * evaluation with the same key (see {@linkcode keyOf}), then the new evaluation replaces it. If
 * both evaluations judge the same images, then any scores that exist only in the earlier evaluation
 * are kept.
 *
 * @param folder path of the folder, which is created if it does not exist
 * @throws {EvaluationError} in the same cases as {@linkcode readEvaluations}
 */
export async function keepEvaluation(
  folder: string,
  evaluation: Evaluation,
): Promise<void> {
  const all = await readEvaluations(folder);
  const key = keyOf(evaluation);
  const earlier = all.find((other) =>
    keyOf(other) === key && other.subject.hash === evaluation.subject.hash
  );
  const kept = earlier ? merge(earlier, evaluation) : evaluation;
  const evaluations = all.some((other) => keyOf(other) === key)
    ? all.map((other) => keyOf(other) === key ? kept : other)
    : [...all, kept];
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(
    `${folder}/${FILE}`,
    JSON.stringify({ evaluations }, null, 2) + "\n",
  );
}

function merge(earlier: Evaluation, later: Evaluation): Evaluation {
  const added = later.scores.filter(({ name }) =>
    earlier.scores.every((score) => score.name !== name)
  );
  const scores = earlier.scores.map((score) =>
    later.scores.find(({ name }) => name === score.name) ?? score
  );
  return {
    ...earlier,
    ...later,
    scores: [...scores, ...added],
    remarks: [...new Set([...earlier.remarks, ...later.remarks])],
  };
}

/**
 * Returns a key for an evaluation. Two evaluations have the same key if everything that determines
 * their scores is the same, but the key does not depend on the content of the images.
 */
export function keyOf(
  { subject, seed, images, against, extractor, classifier, scoring }: Evaluation,
): string {
  const { name, hash } = extractor;
  return JSON.stringify([
    ...[subject.path, seed, images, against],
    ...[name, hash, classifier, scoring],
  ]);
}
