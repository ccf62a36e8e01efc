import { createHash } from "node:crypto";
import type * as tf from "@tensorflow/tfjs";
import { EvaluationError } from "../evaluation_error.ts";
import { type ImageSet, selectFromSet, setOf, type Subject } from "../readers/image_set.ts";
import { openImages } from "../readers/open_images.ts";
import { loadModel } from "../../models/save_model.ts";
import { randomStream } from "../../random.ts";
import { sampleImages } from "../../models/sample_images.ts";
import type { GeneratorKind } from "../../models/generator.ts";

/** Number of pixels in a 28 x 28 image. */
const IMAGE_SIZE = 784;

export interface TargetOptions {
  /**
   * Number of images to generate. If the target is a larger set of ready-made images, then this
   * number of images is chosen from the set at random.
   */
  readonly samples: number;
  readonly seed: number;
  readonly kind: GeneratorKind;
}

/** The images to judge. */
export interface Target {
  readonly images: ImageSet;
  /** Path of the run's folder; undefined if the target is not a run. */
  readonly runFolder: string | undefined;
}

/**
 * Opens the images that a command will judge. If the path leads to a run or a generator, then the
 * images are generated, with the generator in inference mode.
 *
 * @param path the folder of a run, the folder of a saved generator, or a path that
 * {@linkcode openImages} accepts
 * @throws {EvaluationError} when the path does not lead to a run, a generator or images
 */
export async function openTarget(
  path: string,
  options: TargetOptions,
): Promise<Target> {
  if (await exists(`${path}/config.json`)) {
    const model = `${path}/models/${options.kind}`;
    if (!await exists(`${model}/model.json`)) {
      throw new EvaluationError(
        `${path}: wanted the run's ${options.kind} in ${model}, found none. Is the run finished? ` +
          "deno task train --resume continues it; --kind selects the other generator.",
      );
    }
    const images = await drawFrom(model, path, options);
    const subject = { ...images.subject, path: `models/${options.kind}` };
    return { images: { ...images, subject }, runFolder: path };
  }
  if (await exists(`${path}/model.json`)) {
    return {
      images: await drawFrom(path, path, options),
      runFolder: undefined,
    };
  }
  const images = takeSome(await openImages(path), options);
  return { images: { ...images, subject: { path } }, runFolder: undefined };
}

/**
 * Chooses `samples` images from a set at random, because the first images of a sorted set would not
 * represent the set. Returns the whole set if it has at most `samples` images.
 */
export function takeSome(
  set: ImageSet,
  { samples, seed }: Pick<TargetOptions, "samples" | "seed">,
): ImageSet {
  if (set.count <= samples) return set;
  const rows = randomStream(seed, "subset", set.count)
    .permutation(set.count).subarray(0, samples);
  return selectFromSet(set, rows);
}

async function drawFrom(
  folder: string,
  name: string,
  { samples, seed, kind }: TargetOptions,
): Promise<ImageSet & { readonly subject: Subject }> {
  const generator = await loadModel(folder);
  try {
    requireGenerator(generator, folder);
    const images = await sampleImages(generator, { count: samples, seed });
    return {
      ...setOf(`${name} (${kind}, seed ${seed})`, images),
      subject: { path: name, hash: hashWeights(generator) },
    };
  } finally {
    generator.dispose();
  }
}

function hashWeights(model: tf.LayersModel): string {
  const hash = createHash("sha256");
  for (const weight of model.getWeights()) {
    hash.update(`${weight.shape}\n`).update(weight.dataSync<"float32">());
  }
  return hash.digest("hex");
}

function requireGenerator(
  { inputs, outputs }: tf.LayersModel,
  folder: string,
): void {
  const [from, to] = [inputs[0].shape, outputs[0].shape];
  if (from.length === 2 && to.length === 2 && to[1] === IMAGE_SIZE) return;
  throw new EvaluationError(
    `${folder}: wanted a generator, from [batch, latents] to [batch, ${IMAGE_SIZE}]; found a model from [${from}] to [${to}].`,
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return false;
    throw error;
  }
}
