/**
 * Reads digits with LeNet. This network is an independent judge, because it was not trained in this
 * project.
 */
import type { ByteImages } from "../../images.ts";
import { CLASSES } from "../../models/classifier.ts";
import { softmax } from "../../models/classify.ts";
import { extractFeatures } from "../extractors/extract_features.ts";
import { openLenet } from "../extractors/lenet.ts";
import { setOf } from "../readers/image_set.ts";
import { takeTensor } from "../weight_files/named_tensors.ts";
import { readFloatTable } from "../weight_files/float_table.ts";
import { type Answer, answersOf } from "./calibration.ts";

/** A network that reads digits. */
export interface DigitReader {
  /** SHA-256 hash of the network's weights. */
  readonly hash: string;
  /** Reads the digit in each image. The returned confidences are not calibrated. */
  readonly read: (images: ByteImages) => Promise<Answer[]>;
  readonly dispose: () => void;
}

const FEATURES = 84;

/**
 * Opens LeNet as a digit reader.
 *
 * @param path path of a JSON file that contains LeNet's weights and that {@linkcode readFloatTable}
 * can read
 * @throws {WeightFileError} if the file is missing or does not contain LeNet's weights
 */
export async function openLenetReader(path: string): Promise<DigitReader> {
  const { tensors } = await readFloatTable(path);
  const weight = takeTensor(tensors, { name: "fc.f7.weight", shape: [CLASSES, FEATURES], path });
  const bias = takeTensor(tensors, { name: "fc.f7.bias", shape: [CLASSES], path });
  const lenet = await openLenet(path);
  return {
    hash: lenet.hash,
    read: async (images) => {
      const { values } = await extractFeatures(setOf("digits", images), lenet);
      return answersOf(softmax(applyLayer(values, weight.values, bias.values)));
    },
    dispose: () => lenet.dispose(),
  };
}

/** Computes LeNet's last layer, F7, which maps features `[count, 84]` to logits `[count, 10]`. */
function applyLayer(
  features: ArrayLike<number>,
  weight: Float32Array,
  bias: Float32Array,
): Float64Array {
  const logits = new Float64Array(features.length / FEATURES * CLASSES);
  for (let i = 0; i < logits.length; i++) {
    const [row, answer] = [Math.floor(i / CLASSES), i % CLASSES];
    let sum = bias[answer];
    for (let j = 0; j < FEATURES; j++) {
      sum += features[row * FEATURES + j] * weight[answer * FEATURES + j];
    }
    logits[i] = sum;
  }
  return logits;
}
