/**
 * Opens the target of a command. The target is given as a path to a run, to a saved generator or to
 * images.
 */
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
   * Number of images to generate. If the target is a larger set of images, this many are chosen
   * from it at random.
   */
  readonly samples: number;
  readonly seed: number;
  /** Which of a run's generators to use. */
  readonly kind: GeneratorKind;
}

/** The images to judge and, for a run, the folder for the results. */
export interface Target {
  readonly images: ImageSet;
  /** The run's folder, if the target is a run. */
  readonly runFolder: string | undefined;
}

/**
 * Opens a target. If the target has a generator, the generator runs in inference mode, with its
 * saved batch statistics.
 *
 * @param path a run's folder, a folder with a saved generator, or anything that {@linkcode
 * openImages} accepts
 * @throws {EvaluationError} when the path is none of these
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
 * Chooses images at random if a set has more than `samples`. The first images might not be
 * representative, since the set may be sorted.
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
