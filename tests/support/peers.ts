/** Supports tests that give the benchmarks' peers in Python the same numbers as this project. */
import type * as tf from "@tensorflow/tfjs";
import type { PeerConfiguration } from "../../lib/bench/peers.ts";
import { useNative } from "./engine.ts";
import { needsReferences } from "./references.ts";
import { requiring } from "./skip.ts";

/**
 * Returns a test that compares peers with this project on the native engine. The test is skipped if
 * the peers are missing; see {@linkcode requiring}.
 *
 * @param compare receives a temporary folder for the arrays that the peers read
 */
export function comparingPeers(
  name: string,
  compare: (t: Deno.TestContext, folder: string) => Promise<void>,
): Deno.TestDefinition {
  return requiring(needsReferences, name, async (t) => {
    await useNative();
    const folder = await Deno.makeTempDir();
    try {
      await compare(t, folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

/** A float32 tensor and its name. Several tensors may have the same name. */
export type NamedArray = readonly [name: string, tensor: tf.Tensor];

/**
 * Writes arrays to a folder. The script tests/references/peers/arrays.py reads them as lists of
 * arrays by name.
 */
export async function writeArrays(folder: string, arrays: readonly NamedArray[]): Promise<void> {
  const index = arrays.map(([name, { shape }]) => [name, shape]);
  await Deno.writeTextFile(`${folder}/arrays.json`, JSON.stringify(index));
  const numbers = arrays.map(([, tensor]) => tensor.dataSync<"float32">() as BlobPart);
  await Deno.writeFile(`${folder}/arrays.f32`, new Blob(numbers).stream());
}

/** Returns copies of a model's weights, layer by layer, under one name. */
export function weightsOf(name: string, model: tf.LayersModel): NamedArray[] {
  return model.layers.flatMap(({ weights }) => weights)
    .map((weight): NamedArray => [name, weight.read().clone()]);
}

/**
 * Returns one configuration for each framework and mode. Other configurations differ from these
 * only in settings of threads, which change the speed and not the results.
 */
export function oneOfEachMode(configurations: readonly PeerConfiguration[]): PeerConfiguration[] {
  const found = new Map(
    configurations.map((each) => [`${each.framework} ${each.mode}`, each]),
  );
  return [...found.values()];
}
