/** The classifier that comes with the project: what everything that needs a judge loads. */
import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import type { CalibratedClassifier } from "./classify.ts";
import { cardSchema, committedFolder, loadWeights } from "./weights.ts";

/**
 * What is known of committed classifier weights: those of any weights, and what calibrates the
 * classifier.
 */
export const classifierCardSchema = cardSchema.extend({
  temperature: z.number().positive().describe("what logits are divided by"),
});

export type ClassifierCard = z.output<typeof classifierCardSchema>;

/** A trained classifier. */
export interface Classifier extends CalibratedClassifier {
  readonly model: tf.LayersModel;
  /** SHA-256 of its weights: what a number that it has judged is quoted with. */
  readonly hash: string;
  /** The options that it was trained with. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Loads the classifier, every byte checked. The caller disposes of its model.
 *
 * @param folder default: the committed one
 * @throws {WeightsError} when a file is missing or altered
 */
export async function loadClassifier(
  folder: string = committedFolder("classifier"),
): Promise<Classifier> {
  const { model, card } = await loadWeights(folder, classifierCardSchema);
  const { temperature, config, sha256 } = card;
  return { model, temperature, hash: sha256["weights.bin"], config };
}
