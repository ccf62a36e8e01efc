/**
 * Defines the models' files as their script stores them, with weights in base64. The page passes
 * them on as they are, and the worker decodes them: decoding takes a slow device over a second.
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
