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
import { cachedJson } from "../../system/cached_json.ts";
import { type EvaluateOptions, featuresOfReal, SCORES_VERSION } from "./evaluate_options.ts";

/** Some generated images, each with its nearest training image by pixels. */
export interface Neighbourhood {
  readonly generated: ByteImages;
  readonly training: ByteImages;
  /** Labels of the training images, 0 to 9. */
  readonly labels: Uint8Array;
  /** Index of the nearest training image, for each generated image. */
  readonly indices: Uint32Array;
  /** Distance to the nearest training image, for each generated image. */
  readonly distances: Float64Array;
  /** The same distance, for real images that were not used in training. */
  readonly unseen: Float64Array;
}

/** Number of generated images, and of unseen images, to compare. */
const QUERIES = 1000;

/** Checks whether generated images are copies of training images, by pixels and by features. */
export async function lookForCopies(
  target: ImageSet,
  features: Features,
  { train, test }: Mnist,
  options: EvaluateOptions,
): Promise<{ scores: Score[]; neighbours: Neighbourhood }> {
  const [training, unseen] = [
    setOf("MNIST's training images", train.images),
    setOf("MNIST's test images", test.images),
  ];
  const images = await toByteImages(target);
  const { rows, ...byPixels } = await findCopies(
    {
      generated: pixelFeatures(images),
      unseen: pixelFeatures(test.images),
      training: pixelFeatures(train.images),
    },
    "pixels",
    options,
  );
  const byFeatures = await findCopies(
    {
      generated: features,
      unseen: await featuresOfReal(unseen, options),
      training: await featuresOfReal(training, options),
    },
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
  // The key needs no hash of MNIST: loading MNIST checks the hash.
  const of = [where, extractor.hash, unseen.count, training.count, QUERIES];
  const known = await cachedJson(
    cache,
    ["nearest", SCORES_VERSION, ...of, seed],
    () => {
      const options = { where, queries: QUERIES, seed };
      // Any image will do: the distances of unseen images do not depend on generated images.
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
