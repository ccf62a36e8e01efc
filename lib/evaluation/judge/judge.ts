/**
 * Compares images with MNIST's images. A judge opens its feature extractor once, and can then judge
 * many sets of images.
 */
import type { Mnist } from "../../dataset/mnist.ts";
import { userCacheFolder } from "../../system/user_cache.ts";
import type { OnReport } from "../../system/provision_report.ts";
import type { Extractor, ExtractorName } from "../extractors/extractor.ts";
import { openExtractor } from "../extractors/open_extractor.ts";
import { type ImageSet, setOf, toGray } from "../readers/image_set.ts";
import { type Classifier, loadClassifier } from "../../models/classifier_weights.ts";
import { type EvaluateOptions, sideOf } from "./evaluate_options.ts";
import { CopySources } from "./find_copies.ts";
import type { RealSide } from "./real_side.ts";
import { type EvaluatedTarget, evaluateTarget, type Sets } from "./evaluate_target.ts";

export interface JudgeOptions {
  readonly extractor: ExtractorName;
  /**
   * Path of the file with the extractor's weights. The extractor `lenet` requires this option. If
   * it is given for an Inception network, then the weights are not downloaded.
   */
  readonly weights?: string | undefined;
  /**
   * Whether to compare only features. If this is true, then digits are not read, pixels are not
   * judged, and there is no search for copies. Default false.
   */
  readonly featuresOnly?: boolean | undefined;
  /**
   * Height, width and number of channels of the images; default 28x28 with one channel. Only the
   * Inception networks use this option.
   */
  readonly size?:
    | Pick<ImageSet, "height" | "width" | "channels">
    | undefined;
  /** Receives progress reports while weights are downloaded. */
  readonly onReport?: OnReport | undefined;
  /** Folder in which results for real images are cached; default: a folder in the user's cache. */
  readonly cache?: string | undefined;
}

/** Options for a single evaluation. */
export type JudgementOptions = Pick<
  EvaluateOptions,
  "accuracyClassifiers" | "seed" | "onProgress"
>;

export interface Judge {
  readonly extractor: Extractor;
  /** Present if the extractor is for digits and `featuresOnly` is false. */
  readonly classifier: Classifier | undefined;
  readonly cache: string;
  sideOf(real: ImageSet): Promise<RealSide>;
  /** Compares images with real images; see {@linkcode evaluateTarget}. */
  judge(sets: Sets, options: JudgementOptions): Promise<EvaluatedTarget>;
  dispose(): void;
}

/**
 * Opens the extractor. If the extractor is for digits and `featuresOnly` is false, then the
 * classifier is also opened.
 *
 * @throws {WeightFileError} when the extractor's weights are missing or wrong
 * @throws {WeightsError} when the classifier's weights are missing or wrong
 */
export async function openJudge(
  mnist: Mnist,
  {
    extractor: name,
    weights,
    featuresOnly = false,
    size,
    onReport,
    cache = realSetsCache(),
  }: JudgeOptions,
): Promise<Judge> {
  const extractor = await openExtractor(name, {
    loadDigit: async () => ({ ...await loadClassifier(), range: "0..1" }),
    lenet: weights,
    inception: weights,
    images: size,
    published: onReport && { onReport },
  });
  const ofDigits = name === "digit" || name === "lenet";
  const classifier = ofDigits && !featuresOnly ? await loadClassifier() : undefined;
  const sides = new WeakMap<ImageSet, RealSide>();
  const copySources = new CopySources(mnist);
  return {
    extractor,
    classifier,
    cache,
    judge: (sets, options) =>
      evaluateTarget(ofDigits ? inOneChannel(sets) : sets, mnist, {
        extractor,
        classifier,
        cache,
        sides,
        copySources,
        ...options,
      }),
    sideOf: (real) => sideOf(real, { extractor, cache, sides, seed: 0 }),
    dispose() {
      extractor.dispose();
      classifier?.model.dispose();
      copySources.dispose();
    },
  };
}

function realSetsCache(): string {
  return `${userCacheFolder()}/features`;
}

function inOneChannel({ target, real, floor }: Sets): Sets {
  return { target: toGray(target), real: toGray(real), floor };
}

/**
 * Returns MNIST's training and test images: the chosen set as the real set, and the other set for
 * computing the floor.
 */
export function mnistSets(
  against: "train" | "test",
  { train, test }: Pick<Mnist, "train" | "test">,
): Omit<Sets, "target"> {
  const sets = {
    train: setOf("MNIST's training images", train.images),
    test: setOf("MNIST's test images", test.images),
  };
  return {
    real: sets[against],
    floor: sets[against === "test" ? "train" : "test"],
  };
}
