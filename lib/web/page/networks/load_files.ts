/** Loads the models' files from the script that contains them. */
import type { NetworkFiles } from "../../digits/networks.ts";
import { loadScript } from "../chunks/chunk.ts";

/** The files as stored in the script, with their bytes in base64. */
interface PackedFiles {
  readonly generator: PackedModel;
  readonly classifier: PackedModel;
  readonly card: NetworkFiles["card"];
}

interface PackedModel {
  readonly model: NetworkFiles["generator"]["model"];
  readonly weights: string;
}

/** Returns the models' files. Their script is loaded only once. */
export async function loadNetworkFiles(): Promise<NetworkFiles> {
  const page = globalThis as { sudoganModels?: PackedFiles };
  if (page.sudoganModels === undefined) await loadScript("models.js");
  const { generator, classifier, card } = page.sudoganModels!;
  return { generator: unpack(generator), classifier: unpack(classifier), card };
}

function unpack({ model, weights }: PackedModel): NetworkFiles["generator"] {
  return { model, weights: Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)).buffer };
}
