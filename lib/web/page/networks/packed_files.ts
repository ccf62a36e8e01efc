/**
 * Defines the format in which models.js stores the files of the neural networks. The weights are
 * encoded in base64. The worker decodes them, because decoding takes more than a second on a slow
 * device.
 */
import type { ModelFiles, NetworkFiles } from "../../digits/networks.ts";

export interface PackedFiles {
  readonly generator: PackedModel;
  readonly classifier: PackedModel;
  readonly card: NetworkFiles["card"];
}

export interface PackedModel {
  readonly model: ModelFiles["model"];
  readonly weights: string;
}

/** The name of the script that contains the files. */
export const MODELS_SCRIPT = "models.js";

/** Returns the files if the script that contains them has run. */
export function packedFiles(): PackedFiles | undefined {
  return (globalThis as { sudoganModels?: PackedFiles }).sudoganModels;
}

/** Decodes the weights. */
export function unpackFiles({ generator, classifier, card }: PackedFiles): NetworkFiles {
  return { generator: unpack(generator), classifier: unpack(classifier), card };
}

function unpack({ model, weights }: PackedModel): ModelFiles {
  return { model, weights: Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)).buffer };
}
