/**
 * Defines the format in which models.js stores the files of the neural networks. The weights are
 * encoded in base64. The page sends them to the worker without decoding them, because decoding
 * takes more than a second on a slow device.
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

/** Decodes the weights. */
export function unpackFiles({ generator, classifier, card }: PackedFiles): NetworkFiles {
  return { generator: unpack(generator), classifier: unpack(classifier), card };
}

function unpack({ model, weights }: PackedModel): ModelFiles {
  return { model, weights: Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)).buffer };
}
