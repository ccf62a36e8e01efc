/** Reads the recipe and the scores of the generator that comes with the project. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  ACCURACY_SCORE,
  FIRST_ACCURACY_SCORE,
} from "../../evaluation/judge/accuracy_score_name.ts";
import { type Metric, metrics } from "../report/metrics.ts";
import { goals, type SearchGoal } from "../search/goals.ts";
import { changedOptions } from "../experiment.ts";
import { parseTrainOptions, type TrainOptions } from "../../training/gan/options.ts";

const cardSchema = z.object({ config: z.record(z.string(), z.unknown()) });

const scoresSchema = z.object({
  seeds: z.array(z.int()),
  evaluations: z.array(z.object({
    extractor: z.object({ name: z.string() }),
    scores: z.array(z.object({
      name: z.string(),
      mean: z.number(),
      deviation: z.number().optional(),
      floor: z.number().optional(),
    })),
  })),
});

/**
 * The accuracy scores are measured for the published model only, because each measurement trains
 * ten classifiers.
 */
const accuracyScores: readonly Metric[] = [
  ["accuracy_score", "accuracy score", ACCURACY_SCORE],
  ["first_accuracy_score", "accuracy score with five epochs", FIRST_ACCURACY_SCORE],
].map(([id, label, score]) => ({
  ...{ id, label, score },
  ...{ extractor: "digit", better: "higher", decimals: 4 },
}));

const publishedMetrics: readonly Metric[] = [...metrics, ...accuracyScores];

/** The goal for the accuracy score. */
export const ACCURACY_GOAL = 0.984;

/**
 * The score of real digits that was expected when {@linkcode ACCURACY_GOAL} was set. It was
 * measured with one classifier, before ten were used.
 */
export const EXPECTED_REAL_ACCURACY = 0.989;

/** The goals of the search, and the goal for the accuracy score, however it is measured. */
const publishedGoals: readonly SearchGoal[] = [
  ...goals,
  ...accuracyScores.map(({ id }) => ({ metric: id, value: ACCURACY_GOAL })),
];

export interface PublishedScore {
  readonly mean: number;
  readonly deviation?: number | undefined;
  /** The score that real images get. */
  readonly floor?: number | undefined;
}

export interface PublishedModel {
  readonly options: TrainOptions;
  /**
   * The options that differ from the options of the base recipe. The seed, the length of the
   * training run and the checkpoints are left out.
   */
  readonly changes: Readonly<Record<string, unknown>>;
  /** The length of the training run, such as "30 epochs". */
  readonly length: string;
  /** The seeds of the runs that were scored. */
  readonly seeds: readonly number[];
  /**
   * The scores, keyed by the id of the metric. Each score is the mean over the runs with these
   * seeds.
   */
  readonly scores: ReadonlyMap<string, PublishedScore>;
}

/**
 * Reads the options and the scores of the published model.
 *
 * @param folder the folder that contains weights.json and seed_scores.json
 * @throws {z.ZodError} when one of these files does not have the expected form
 */
export async function readPublished(folder: string): Promise<PublishedModel> {
  const read = async (name: string) => JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  const { config } = cardSchema.parse(await read("weights.json"));
  const options = parseTrainOptions(config);
  const { seeds, evaluations } = scoresSchema.parse(await read("seed_scores.json"));
  const scores = publishedMetrics.flatMap(({ id, extractor, score }) => {
    const found = evaluations.find((each) => each.extractor.name === extractor)
      ?.scores.find(({ name }) => name === score);
    return found ? [[id, found] as const] : [];
  });
  return {
    options,
    changes: recipeChanges(options),
    length: options.steps > 0
      ? `${options.steps.toLocaleString("en")} steps`
      : `${options.epochs} epochs`,
    seeds,
    scores: new Map(scores),
  };
}

/** The options that are not part of a recipe. */
const notOfRecipe = ["seed", "steps", "epochs", "checkpointEvery"];

/**
 * Returns the options that differ from the options of the base recipe. The seed, the length of the
 * training run and the checkpoints are left out.
 */
export function recipeChanges(options: object): Record<string, unknown> {
  const changes = Object.entries(changedOptions(options));
  return Object.fromEntries(changes.filter(([key]) => !notOfRecipe.includes(key)));
}

/**
 * Says how a published recipe was chosen, as far as the committed files show.
 *
 * @param leader the options of the recipe that leads the finished search, or undefined if no search
 * has finished
 */
export function describeOrigin(
  { changes }: Pick<PublishedModel, "changes">,
  leader: object | undefined,
): string {
  if (leader === undefined) {
    return "The committed files hold no finished search, so they do not say how this recipe was " +
      "chosen.";
  }
  return isDeepStrictEqual(recipeChanges(leader), changes)
    ? "It is the recipe that leads the search."
    : "It is not the recipe that leads the search.";
}

export interface CheckedGoal extends PublishedScore {
  readonly label: string;
  /** The goal in words, such as "at most 0.2". */
  readonly goal: string;
  readonly decimals: number;
  readonly isReached: boolean;
}

/**
 * Compares the published scores with the goals of the search for the best model, and with the goal
 * for the accuracy score. Leaves out a goal if its metric was not measured.
 */
export function checkGoals({ scores }: Pick<PublishedModel, "scores">): CheckedGoal[] {
  return publishedGoals.flatMap(({ metric: id, value }) => {
    const { label, better, decimals } = publishedMetrics.find((metric) => metric.id === id)!;
    const found = scores.get(id);
    if (!found) return [];
    const isReached = better === "lower" ? found.mean <= value : found.mean >= value;
    const goal = `${better === "lower" ? "at most" : "at least"} ${value}`;
    return [{ ...found, label, goal, decimals, isReached }];
  });
}
