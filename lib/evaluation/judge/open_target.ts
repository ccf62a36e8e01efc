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
  /** Number of images to generate, or to choose at random from a larger set. */
  readonly samples: number;
  readonly seed: number;
  readonly kind: GeneratorKind;
}

/** The images to judge. */
export interface Target {
  readonly images: ImageSet;
  /** Present if the target is a run. */
  readonly runFolder: string | undefined;
}

/**
 * Opens the target of a command. Generators run in inference mode.
 *
 * @param path a run's folder, a saved generator's folder, or a path for {@linkcode openImages}
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

/** Chooses at most `samples` images. The choice is random: the set may be sorted. */
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
