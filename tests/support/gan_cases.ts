/**
 * Trains small GANs for three steps each, so that tests can compare the results with those of a
 * second implementation in NumPy.
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { saveCheckpoint } from "../../lib/training/checkpoint.ts";
import { createGan, type Gan, ganState } from "../../lib/training/gan/gan.ts";
import type { GanStep } from "../../lib/training/gan/gan_step.ts";
import { labelPolicyNames } from "../../lib/training/gan/labels.ts";
import { parseTrainOptions, type TrainOptions } from "../../lib/training/gan/options.ts";
import { decodeSafetensors, type NamedTensor } from "../../lib/models/safetensors.ts";
import { runReference } from "./references.ts";

export interface GanCase {
  readonly name: string;
  readonly options: TrainOptions;
}

const IMAGE_SIZE = 9;
/**
 * The number of steps in a whole run, which determines the learning-rate schedule. The tests take
 * only the first three steps.
 */
export const RUN_STEPS = 10;

/** Batches of real images, one batch per step. Any numbers in [-1, 1] can serve as images here. */
const batches: readonly number[][][] = [0, 1, 2].map((step) =>
  tabulate(
    7,
    (i) => tabulate(IMAGE_SIZE, (j) => Math.sin(3 * step + i * (j + 2))),
  )
);

const sizes = {
  latentSize: 4,
  generatorLayers: [6, 5],
  discriminatorLayers: [6, 5],
};
/**
 * The learning rates of the two networks. The rates differ, and they are high enough that a mistake
 * would change the first digits of the results.
 */
const rates = { generatorLearningRate: 0.01, discriminatorLearningRate: 0.02 };

/**
 * The cases test the default options, each label policy, and each option that changes the
 * arithmetic.
 */
export const ganCases: readonly GanCase[] = [
  { name: "defaults", options: parseTrainOptions(sizes) },
  ...labelPolicyNames.map((labels) => ganCase(`labels ${labels}`, { labels })),
  ganCase("another seed", { seed: 2 ** 33 + 5 }),
  ganCase("ReLU", {
    generatorActivation: "relu",
    discriminatorActivation: "relu",
  }),
  ganCase("no hidden layers", { generatorLayers: [], discriminatorLayers: [] }),
  ganCase("no dropout", { dropout: 0 }),
  ganCase("beta1", { beta1: 0.8 }),
  ganCase("momentum", { batchNormMomentum: 0.3 }),
  ganCase("statistics of the batch", { fakeStatistics: "batch" }),
  ganCase("more updates", { discriminatorSteps: 3, generatorSteps: 2 }),
  ganCase("rates that fall", { learningRateDecay: "linear" }),
  ganCase("average at its cap", { averageDecay: 0.15 }),
  ganCase("average without haste", { averageWarmup: 3 }),
  ganCase("no average", { averageDecay: 0 }),
];

function ganCase(name: string, changes: Partial<TrainOptions>): GanCase {
  return {
    name,
    options: parseTrainOptions({ ...sizes, ...rates, ...changes }),
  };
}

/** Returns the GAN of a case before its first step. */
export function createCase({ options }: GanCase): Gan {
  return createGan(options, IMAGE_SIZE);
}

/** Takes three steps, and returns the measures of each step. */
export function takeCaseSteps(step: GanStep): number[][] {
  return batches.map((batch, i) =>
    tf.tidy(
      () => [...step(tf.tensor2d(batch), tf.scalar(i, "int32")).dataSync()],
    )
  );
}

/** Returns all tensors in a GAN's checkpoint, by name. */
export async function checkpointOf(
  gan: Gan,
): Promise<ReadonlyMap<string, NamedTensor>> {
  const path = await Deno.makeTempFile();
  try {
    await saveCheckpoint(path, ganState(gan), { step: 0 });
    return await readTensors(path);
  } finally {
    await Deno.remove(path);
  }
}

/**
 * Runs the NumPy implementation, which starts from the initial checkpoint of each case. Returns the
 * last checkpoint and the metrics of each case.
 */
export async function computeGanReference(): Promise<{
  readonly numpy: string;
  readonly cases: ReadonlyMap<string, ReadonlyMap<string, NamedTensor>>;
}> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_training_" });
  try {
    for (const each of ganCases) {
      const gan = createCase(each);
      await saveCheckpoint(
        `${folder}/${each.name}.initial.safetensors`,
        ganState(gan),
        { step: 0 },
      );
    }
    const work = { batches, steps: RUN_STEPS, cases: ganCases };
    await Deno.writeTextFile(`${folder}/cases.json`, JSON.stringify(work));
    const { numpy } = await runReference(
      "references/training/gan_reference.py",
      [folder],
      requirements,
    ) as { numpy: string };
    const cases = new Map<string, ReadonlyMap<string, NamedTensor>>();
    for (const { name } of ganCases) {
      cases.set(name, await readTensors(`${folder}/${name}.final.safetensors`));
    }
    return { numpy, cases };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Concatenates the values of all tensors except `measures`, in alphabetical order of the tensors'
 * names.
 */
export function joinTensors(
  tensors: ReadonlyMap<string, NamedTensor>,
): number[] {
  return [...tensors.keys()].filter((name) => name !== "measures").sort()
    .flatMap((name) => [...tensors.get(name)!.values]);
}

/** Returns the numbers that tests/golden/training stores for a case. */
export async function storedSteps(name: string): Promise<
  Readonly<Record<"initial" | "final" | "measures", Float32Array>>
> {
  const path = fileURLToPath(
    import.meta.resolve("../golden/training/gan_steps.safetensors"),
  );
  const tensors = await readTensors(path);
  const of = (what: string) => tensors.get(`${name}/${what}`)!.values;
  return {
    initial: of("initial"),
    final: of("final"),
    measures: of("measures"),
  };
}

const requirements = fileURLToPath(
  import.meta.resolve("../references/training/requirements.txt"),
);

async function readTensors(
  path: string,
): Promise<ReadonlyMap<string, NamedTensor>> {
  return decodeSafetensors(await Deno.readFile(path), path).tensors;
}

function tabulate<T>(count: number, value: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => value(i));
}
