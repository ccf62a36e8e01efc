/**
 * Opens the generator and the classifier in a page. The command `deno task digits models` writes
 * the files of both networks.
 */
import type { LayersModel, Tfjs } from "./tfjs.ts";

/** The contents of one model's files. */
export interface ModelFiles {
  /** The parsed content of the file model.json. */
  readonly model: ModelJson;
  /** The content of the file weights.bin. */
  readonly weights: ArrayBuffer;
}

/** The fields of model.json that {@linkcode openNetworks} needs. */
export interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
}

/**
 * The contents of both networks' files. The page loads these files from a server or from a script.
 */
export interface NetworkFiles {
  readonly generator: ModelFiles;
  readonly classifier: ModelFiles;
  /** The parsed content of the file models.json. */
  readonly card: NetworkCard;
}

export interface NetworkCard {
  readonly latentSize: number;
  /** The number by which the classifier's logits are divided to calibrate the probabilities. */
  readonly temperature: number;
}

export interface WebNetworks {
  readonly tfjs: Tfjs;
  readonly generator: LayersModel;
  readonly classifier: LayersModel;
  readonly card: NetworkCard;
}

/**
 * Creates both networks from the contents of their files. A tfjs backend must be set before the
 * call.
 */
export async function openNetworks(tfjs: Tfjs, files: NetworkFiles): Promise<WebNetworks> {
  const [generator, classifier] = await Promise.all(
    [files.generator, files.classifier].map((model) => openModel(tfjs, model)),
  );
  return { tfjs, generator, classifier, card: files.card };
}

async function openModel(
  { core, layers }: Tfjs,
  { model, weights }: ModelFiles,
): Promise<LayersModel> {
  type Artifacts = Parameters<typeof core.io.fromMemory>[0];
  const artifacts = {
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: weights,
  } as unknown as Artifacts;
  return await layers.loadLayersModel(core.io.fromMemory(artifacts));
}

/**
 * Fetches the files of both networks from a server.
 *
 * @param folder the URL of the folder that contains the files, with a slash at the end
 * @throws {Error} if a file cannot be loaded; the message names the file
 */
export async function fetchNetworkFiles(folder: string | URL): Promise<NetworkFiles> {
  const fetchFile = async (path: string) => {
    const response = await fetch(new URL(path, folder));
    if (response.ok) return response;
    throw new Error(`Loading ${path}: wanted the file, found ${response.status}.`);
  };
  const fetchModel = async (name: string): Promise<ModelFiles> => {
    const [model, weights] = await Promise.all([
      fetchFile(`${name}/model.json`).then((response) => response.json()),
      fetchFile(`${name}/weights.bin`).then((response) => response.arrayBuffer()),
    ]);
    return { model, weights };
  };
  const [generator, classifier, card] = await Promise.all([
    fetchModel("generator"),
    fetchModel("classifier"),
    fetchFile("models.json").then((response) => response.json()),
  ]);
  return { generator, classifier, card };
}
