import type * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import type { CalibratedClassifier } from "./classify.ts";
import { cardSchema, committedFolder, loadWeights } from "./weights.ts";

/** The schema of the card that describes a classifier's weights. */
export const classifierCardSchema = cardSchema.extend({
  temperature: z.number().positive().describe("divisor of the logits"),
});

export type ClassifierCard = z.output<typeof classifierCardSchema>;

/** A trained classifier. */
export interface Classifier extends CalibratedClassifier {
  readonly model: tf.LayersModel;
  /** SHA-256 of the weights. */
  readonly hash: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Loads the classifier that ships with the project. The caller must dispose of the model.
 *
 * @throws {WeightsError} when a file is missing or has been altered
 */
export async function loadClassifier(
  folder: string = committedFolder("classifier"),
): Promise<Classifier> {
  const { model, card } = await loadWeights(folder, classifierCardSchema);
  const { temperature, config, sha256 } = card;
  return { model, temperature, hash: sha256["weights.bin"], config };
}
