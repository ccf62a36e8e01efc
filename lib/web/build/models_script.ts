/**
 * Writes the generator and the classifier into a script, because a page opened from disk can load
 * data only from scripts. The weights in the repository are already in half precision, so they need
 * no conversion.
 */
import type { DigitIndex } from "../../digits/digit_index.ts";

const weightsFolder = new URL("../../../data/weights/", import.meta.url);

/** Returns a script that contains the model files. The weights are encoded in base64. */
export async function modelsScript({ latentSize }: DigitIndex): Promise<string> {
  const { temperature } = JSON.parse(await readText("classifier/weights.json"));
  const models = {
    generator: await readModel("generator"),
    classifier: await readModel("classifier"),
    card: { latentSize, temperature },
  };
  return `globalThis.sudoganModels=${JSON.stringify(models)};`;
}

async function readModel(name: string): Promise<{ model: unknown; weights: string }> {
  const bytes = await Deno.readFile(new URL(`${name}/weights.bin`, weightsFolder));
  return { model: JSON.parse(await readText(`${name}/model.json`)), weights: bytes.toBase64() };
}

function readText(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, weightsFolder));
}
