import { createHash } from "node:crypto";
import { writeAtomically } from "../../system/atomic_write.ts";
import { decodeSafetensors, encodeSafetensors } from "../../models/safetensors.ts";
import { EvaluationError } from "../evaluation_error.ts";
import type { Extractor } from "./extractor.ts";
import type { Features } from "../metrics/features.ts";
import { hashImages, type ImageSet } from "../readers/image_set.ts";

/** The features that an extractor computed for a set of images. */
export type ExtractedFeatures = Features & { readonly values: Float32Array };

/** Options for {@linkcode extractFeatures} and {@linkcode cachedFeatures}. */
export interface ExtractOptions {
  /** Called after every 500 images and at the end, with the number of images finished so far. */
  readonly onProgress?: (done: number) => void;
}

/** Number of images that are read and passed to the extractor at once. */
const PART = 500;

/**
 * Returns the features of a set of images.
 *
 * @throws {EvaluationError} when the images do not have the size that the extractor expects
 */
export async function extractFeatures(
  set: ImageSet,
  extractor: Extractor,
  { onProgress }: ExtractOptions = {},
): Promise<ExtractedFeatures> {
  requireSize(set, extractor);
  const { dimension } = extractor;
  const values = new Float32Array(set.count * dimension);
  for (let from = 0; from < set.count; from += PART) {
    const count = Math.min(PART, set.count - from);
    const part = await extractor.features(await set.read(from, count), count);
    values.set(part, from * dimension);
    onProgress?.(from + count);
  }
  return { values, count: set.count, dimension };
}

/**
 * Works like {@linkcode extractFeatures}, but keeps the features in a cache on disk. For the same
 * images and the same network, the features are computed only once.
 *
 * @param folder the cache folder; created if it does not exist
 */
export async function cachedFeatures(
  set: ImageSet,
  extractor: Extractor,
  folder: string,
  options: ExtractOptions = {},
): Promise<ExtractedFeatures> {
  requireSize(set, extractor);
  const path = `${folder}/${await keyOf(set, extractor)}.safetensors`;
  const cached = await readCached(path, set, extractor);
  if (cached) return cached;
  const features = await extractFeatures(set, extractor, options);
  const shape = [features.count, features.dimension];
  const tensors = new Map([["features", { shape, values: features.values }]]);
  await Deno.mkdir(folder, { recursive: true });
  await writeAtomically(path, encodeSafetensors({ tensors, metadata: {} }));
  return features;
}

async function keyOf(set: ImageSet, extractor: Extractor): Promise<string> {
  const parts = [extractor.name, extractor.hash, await hashImages(set)];
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(
    0,
    32,
  );
}

/** Reads features from the cache. Returns undefined if the file is missing or damaged. */
async function readCached(
  path: string,
  { count }: ImageSet,
  { dimension }: Extractor,
): Promise<ExtractedFeatures | undefined> {
  try {
    const bytes = await Deno.readFile(path);
    const values = decodeSafetensors(bytes, path).tensors.get("features")
      ?.values;
    return values?.length === count * dimension ? { values, count, dimension } : undefined;
  } catch {
    return undefined;
  }
}

function requireSize(set: ImageSet, extractor: Extractor): void {
  const sizes = [set, extractor].map(({ height, width, channels }) =>
    `${height}x${width}x${channels}`
  );
  if (sizes[0] === sizes[1]) return;
  throw new EvaluationError(
    `${set.name}: the extractor ${extractor.name} takes images of ${sizes[1]} (height, ` +
      `width, channels); found ${sizes[0]}.`,
  );
}
