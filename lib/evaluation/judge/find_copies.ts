import type { Mnist } from "../../dataset/mnist.ts";
import { type Features, pixelFeatures, selectFeatures } from "../metrics/features.ts";
import { type ImageSet, selectFromSet, setOf, toByteImages } from "../readers/image_set.ts";
import {
  findMemorization,
  type Memorization,
  type MemorizationSets,
} from "../metrics/memorization.ts";
import type { Score } from "./score.ts";
import type { ByteImages } from "../../images.ts";
import { SharedReferences } from "../metrics/distance_blocks.ts";
import { cachedJson } from "../../system/cached_json.ts";
import { type EvaluateOptions, featuresOfReal, SCORES_VERSION } from "./evaluate_options.ts";

/** Some of the generated images, each with its nearest training image by pixel distance. */
export interface Neighbourhood {
  readonly generated: ByteImages;
  readonly training: ByteImages;
  /** Labels of the training images, 0 to 9. */
  readonly labels: Uint8Array;
  /** For each generated image, the index of its nearest training image. */
  readonly indices: Uint32Array;
  /** For each generated image, the distance to its nearest training image. */
  readonly distances: Float64Array;
  /**
   * For some real images that were not used in training, the distance to the nearest training
   * image.
   */
  readonly unseen: Float64Array;
}

/**
 * Number of generated images to compare with the training images. The same number of unseen real
 * images is also compared.
 */
const QUERIES = 1000;

/**
 * The real images with which the search for copies compares. A judge keeps them, because all of its
 * evaluations need the same ones.
 */
export class CopySources {
  /** The pixels of MNIST's training images. */
  readonly pixels: SharedReferences;
  readonly #training: ImageSet;
  readonly #unseen: ImageSet;
  #features: Promise<Pick<MemorizationSets, "training" | "unseen">> | undefined;
  #inFeatures: SharedReferences | undefined;

  constructor({ train, test }: Pick<Mnist, "train" | "test">) {
    this.pixels = new SharedReferences(pixelFeatures(train.images));
    this.#training = setOf("MNIST's training images", train.images);
    this.#unseen = setOf("MNIST's test images", test.images);
  }

  /** Returns the features of the real images. All calls must name the same extractor. */
  features(options: EvaluateOptions): Promise<Pick<MemorizationSets, "training" | "unseen">> {
    return this.#features ??= this.#load(options);
  }

  async #load(options: EvaluateOptions): Promise<Pick<MemorizationSets, "training" | "unseen">> {
    const unseen = await featuresOfReal(this.#unseen, options);
    this.#inFeatures = new SharedReferences(await featuresOfReal(this.#training, options));
    return { unseen, training: this.#inFeatures };
  }

  dispose(): void {
    this.pixels.dispose();
    this.#inFeatures?.dispose();
  }
}

/**
 * Checks whether generated images are copies of training images. The images are compared by their
 * pixels and by their features.
 *
 * @param kept the images to compare with, if later searches need them, too
 */
export async function lookForCopies(
  target: ImageSet,
  features: Features,
  mnist: Mnist,
  options: EvaluateOptions,
  kept?: CopySources,
): Promise<{ scores: Score[]; neighbours: Neighbourhood }> {
  const sources = kept ?? new CopySources(mnist);
  try {
    return await searchIn(sources, target, features, mnist, options);
  } finally {
    if (!kept) sources.dispose();
  }
}

async function searchIn(
  sources: CopySources,
  target: ImageSet,
  features: Features,
  { train, test }: Mnist,
  options: EvaluateOptions,
): Promise<{ scores: Score[]; neighbours: Neighbourhood }> {
  const { rows, ...byPixels } = await findCopies(
    {
      generated: pixelFeatures(await toByteImages(target)),
      unseen: pixelFeatures(test.images),
      training: sources.pixels,
    },
    "pixels",
    options,
  );
  const byFeatures = await findCopies(
    { generated: features, ...await sources.features(options) },
    `${options.extractor.name} features`,
    options,
  );
  const generated = await toByteImages(selectFromSet(target, rows));
  return {
    scores: [...byPixels.scores, ...byFeatures.scores],
    neighbours: {
      generated,
      training: train.images,
      labels: train.labels,
      ...byPixels.nearest,
      unseen: byPixels.unseen,
    },
  };
}

async function findCopies(
  sets: MemorizationSets,
  where: string,
  { seed, cache, extractor, onProgress }: EvaluateOptions,
): Promise<Memorization> {
  const title = `Nearest training images by ${where}`;
  onProgress?.(title, 0, QUERIES);
  const { unseen, training } = sets;
  // The key does not need a hash of MNIST, because the hash is checked when MNIST is loaded.
  const of = [where, extractor.hash, unseen.count, training.count, QUERIES];
  const known = await cachedJson(
    cache,
    ["nearest", SCORES_VERSION, ...of, seed],
    () => {
      const options = { where, queries: QUERIES, seed };
      // Any image can stand in for the generated images here, because the distances of unseen
      // images do not depend on generated images.
      const generated = selectFeatures(unseen, [0]);
      const found = findMemorization({ ...sets, generated }, options);
      return Promise.resolve([...found.unseen]);
    },
  );
  const found = findMemorization(sets, {
    where,
    queries: QUERIES,
    seed,
    unseenDistances: Float64Array.from(known),
  });
  onProgress?.(title, QUERIES, QUERIES);
  return found;
}
