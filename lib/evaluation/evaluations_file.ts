/** scores.json of a run: each evaluation of it, the newest of its kind. */
import { z } from "zod";
import { writeAtomically } from "../atomic_write.ts";
import { EvaluationError } from "./evaluation_error.ts";
import type { Evaluation } from "./score.ts";

const FILE = "scores.json";

const fileSchema = z.object({
  evaluations: z.array(z.object({
    target: z.string(),
    against: z.string(),
    images: z.tuple([z.number(), z.number()]),
    extractor: z.object({
      name: z.string(),
      hash: z.string().optional(),
      dimension: z.number(),
    }),
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
  })),
});

/**
 * The evaluations that a folder keeps; none where it has no such file.
 *
 * @throws {EvaluationError} when the file is not what {@linkcode keepEvaluation} writes
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
      `${path}: wanted the scores that deno task evaluate writes, found something else. Remove or rename it.`,
      { cause },
    );
  }
}

/**
 * Keeps an evaluation, in place of an earlier one by the same extractor, against the same images and of as many.
 *
 * @param folder where scores.json is; made if need be
 * @throws {EvaluationError} as {@linkcode readEvaluations}
 */
export async function keepEvaluation(
  folder: string,
  evaluation: Evaluation,
): Promise<void> {
  const others = (await readEvaluations(folder)).filter((other) =>
    kindOf(other) !== kindOf(evaluation)
  );
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(
    `${folder}/${FILE}`,
    JSON.stringify({ evaluations: [...others, evaluation] }, null, 2) + "\n",
  );
}

/** What evaluations of different targets must have in common to be compared. */
export function kindOf({ against, images, extractor }: Evaluation): string {
  return JSON.stringify([against, images, extractor]);
}
