/**
 * Opens the networks as the web page does: on tfjs' cpu backend, from the files that `deno task
 * digits models` writes.
 */
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import { writeWebModels } from "../../lib/digits/web_models.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { committedFolder, loadWeights } from "../../lib/models/weights.ts";
import { type NetworkFiles, openNetworks } from "../../lib/web/digits/networks.ts";

/**
 * Writes the files of the networks to a temporary folder, and opens the networks from these files.
 */
export async function openPageNetworks() {
  await startEngine({ engine: "cpu" });
  const folder = await Deno.makeTempDir({ prefix: "sudogan_models_" });
  const { model: generator } = await loadWeights(committedFolder("generator"));
  const classifier = await loadClassifier();
  await writeWebModels({ generator, classifier }, folder);
  generator.dispose();
  classifier.model.dispose();
  const files = await readFiles(folder);
  const networks = await openNetworks({ core, layers }, files);
  return {
    folder,
    networks,
    reader: networks,
    [Symbol.dispose]() {
      networks.generator.dispose();
      networks.classifier.dispose();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}

async function readFiles(folder: string): Promise<NetworkFiles> {
  const readModel = async (name: string) => ({
    model: JSON.parse(await Deno.readTextFile(`${folder}/${name}/model.json`)),
    weights: (await Deno.readFile(`${folder}/${name}/weights.bin`)).buffer,
  });
  return {
    generator: await readModel("generator"),
    classifier: await readModel("classifier"),
    card: JSON.parse(await Deno.readTextFile(`${folder}/models.json`)),
  };
}
