/**
 * Writes the model files of the generator and of the classifier for a page. Both networks are saved
 * as tfjs layers models, with weights in half precision.
 */
import { writeAtomically } from "../system/atomic_write.ts";
import type { Classifier } from "../models/classifier_weights.ts";
import { modelFiles, sha256 } from "../models/weights.ts";
import { saveModel } from "../models/save_model.ts";
import type { DigitNetworks } from "./generated_digits.ts";

/** The content of models.json. */
export interface WebModelsCard {
  readonly latentSize: number;
  /** The number by which the classifier's logits are divided. */
  readonly temperature: number;
  /** The SHA-256 hash of each network's weights.bin file. */
  readonly weights: Readonly<Record<"generator" | "classifier", string>>;
}

export const MODELS_FILE = "models.json";

/** Writes the folders generator/ and classifier/ and the file models.json. */
export async function writeWebModels(
  { generator, classifier }: Pick<DigitNetworks, "generator"> & { readonly classifier: Classifier },
  folder: string,
): Promise<WebModelsCard> {
  await saveModel(generator, `${folder}/generator`, "float16");
  await saveModel(classifier.model, `${folder}/classifier`, "float16");
  const hashOf = async (name: string) =>
    await sha256(await Deno.readFile(`${folder}/${name}/${modelFiles[1]}`));
  const card: WebModelsCard = {
    latentSize: generator.inputs[0].shape[1]!,
    temperature: classifier.temperature,
    weights: { generator: await hashOf("generator"), classifier: await hashOf("classifier") },
  };
  await writeAtomically(`${folder}/${MODELS_FILE}`, JSON.stringify(card) + "\n");
  return card;
}
