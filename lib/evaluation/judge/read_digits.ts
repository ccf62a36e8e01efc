import type { ByteImages } from "../../images.ts";
import type { Classifier } from "../../models/classifier_weights.ts";
import { classify, softmax } from "../../models/classify.ts";
import type { Extractor } from "../extractors/extractor.ts";
import type { Features } from "../metrics/features.ts";

/** Images of digits, and the features that `extractor` computed for them. */
export interface ExtractedDigits {
  readonly images: ByteImages;
  readonly features: Features;
  readonly extractor: Extractor;
}

/**
 * Returns the calibrated probability of each digit for each image. If the features come from the
 * classifier itself, then only the classifier's last layers are computed.
 *
 * @param onProgress receives the number of finished images
 * @returns the probabilities `[count, 10]` in row-major order
 */
export async function readDigits(
  { images, features, extractor }: ExtractedDigits,
  classifier: Classifier,
  onProgress?: (done: number) => void,
): Promise<Float64Array> {
  if (!extractor.outputs || extractor.hash !== classifier.hash) {
    return await classify(classifier, images, onProgress);
  }
  const logits = await extractor.outputs(new Float32Array(features.values));
  onProgress?.(images.count);
  return softmax(logits, classifier.temperature);
}
