/** Draws sheets of generated images during a run. All sheets are drawn from the same latents. */
import type * as tf from "@tensorflow/tfjs";
import type { GeneratorKind } from "../models/generator.ts";
import { writeAtomically } from "../system/atomic_write.ts";
import { animate } from "../display/animation.ts";
import { drawSheet } from "../display/sheets.ts";
import type { ByteImages } from "../images.ts";
import { deriveSeed } from "../random.ts";
import { estimateStatistics } from "../models/estimate_statistics.ts";
import { sampleImages } from "../models/sample_images.ts";
import { createGenerator, type Gan } from "../training/gan/gan.ts";
import { RunError } from "./run_folder.ts";
import { allVariables } from "../models/variables.ts";
import type { TrainOptions } from "../training/gan/options.ts";

/** Number of images on a sheet. */
export const SHEET_IMAGES = 64;

/** Returns the kinds of generator that a GAN has. */
export function kindsOf(gan: Gan): GeneratorKind[] {
  return gan.average ? ["generator", "average"] : ["generator"];
}

/**
 * Calls `use` with a generator that is to be sampled or saved. If the batch statistics are to be
 * estimated, then `use` receives a copy of the generator, so that the original is not changed.
 */
export async function withSampler<T>(
  gan: Gan,
  kind: GeneratorKind,
  options: TrainOptions,
  use: (generator: tf.LayersModel) => Promise<T>,
): Promise<T> {
  const generator = kind === "average" && gan.average ? gan.average : gan.generator;
  if (options.sampleStatistics === "moving") return await use(generator);
  const copy = createGenerator(options, generator.outputs[0].shape[1]!);
  try {
    const weights = allVariables(generator);
    allVariables(copy).forEach((variable, i) => variable.assign(weights[i]));
    estimateStatistics(copy, deriveSeed(options.seed, "statistics"));
    return await use(copy);
  } finally {
    copy.dispose();
  }
}

/** Saves a sheet for each kind of generator, as `folder/<kind>/step-<step>.png`. */
export async function saveSheets(
  folder: string,
  gan: Gan,
  options: TrainOptions,
  step: number,
  size: Pick<ByteImages, "height" | "width">,
): Promise<void> {
  const { height, width } = size;
  const sample = {
    count: SHEET_IMAGES,
    seed: deriveSeed(options.seed, "samples"),
    height,
    width,
  };
  for (const kind of kindsOf(gan)) {
    const images = await withSampler(
      gan,
      kind,
      options,
      (generator) => sampleImages(generator, sample),
    );
    await Deno.mkdir(`${folder}/${kind}`, { recursive: true });
    const name = `step-${String(step).padStart(8, "0")}.png`;
    await writeAtomically(`${folder}/${kind}/${name}`, await drawSheet(images));
  }
}

/**
 * Lists the paths of a run's sheets in the order of their steps. If the run has sheets of the
 * averaged generator, then only these sheets are listed.
 *
 * @param folder the folder that contains the run's sheets
 * @throws {RunError} when there are no sheets
 */
export async function listSheets(folder: string): Promise<string[]> {
  for (const kind of ["average", "generator"] satisfies GeneratorKind[]) {
    const names = await sheetsOfKind(folder, kind);
    if (names.length > 0) return names;
  }
  throw new RunError(`Listing the sheets of a run: wanted pictures in ${folder}, found none.`);
}

/** Joins the sheets in a folder into an animation, in the order of their steps. */
export async function animateSheets(
  folder: string,
  target: string,
): Promise<void> {
  const names = await pngsIn(folder);
  const frames = await Promise.all(names.map((name) => Deno.readFile(name)));
  await writeAtomically(
    target,
    await animate(frames, { delayMs: 250, lastDelayMs: 3000 }),
  );
}

/**
 * Lists the paths of the sheets that were saved in a run for one kind of generator, in the order of
 * their steps.
 */
export async function sheetsOfKind(folder: string, kind: GeneratorKind): Promise<string[]> {
  try {
    return await pngsIn(`${folder}/${kind}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function pngsIn(folder: string): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.filter((name) => name.endsWith(".png")).sort().map((name) => `${folder}/${name}`);
}
