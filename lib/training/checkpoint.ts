/**
 * A checkpoint: all that a run needs to go on as if it had never stopped.
 *
 * One safetensors file with the weights of both networks and of the average, the state of both optimizers, and how far
 * the run has come. Chance needs no state of its own: everything random is a function of seed and step.
 */
import * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../atomic_write.ts";
import { readAdamState, restoreAdamState } from "./adam_state.ts";
import { allVariables, type Gan } from "./gan.ts";
import type { StepValues } from "./progress.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
} from "./safetensors.ts";

/** How far a run has come. */
export interface RunPosition {
  /** Steps taken. */
  readonly step: number;
  /** Sums of the steps' measures since the last row of each kind in the table of losses. */
  readonly sums: Readonly<
    Record<string, { readonly count: number; readonly values: StepValues }>
  >;
}

/** Weights that are not finite: a state from which no run can go on. */
export class NonFiniteWeightsError extends Error {
  override name = "NonFiniteWeightsError";
}

/**
 * Writes a checkpoint, in place of an earlier one only once it is whole.
 *
 * @throws {NonFiniteWeightsError} when a weight is not finite; the earlier checkpoint stays
 */
export async function saveCheckpoint(
  path: string,
  gan: Gan,
  position: RunPosition,
): Promise<void> {
  const tensors = new Map<string, NamedTensor>();
  for (const [network, model] of networksOf(gan)) {
    allVariables(model).forEach((variable, i) => {
      const name = `${network}/${model.weights[i].originalName}`;
      tensors.set(name, {
        shape: variable.shape,
        values: variable.dataSync<"float32">(),
      });
    });
  }
  readAdamState(gan.generatorOptimizer, "generator_adam", tensors);
  readAdamState(gan.discriminatorOptimizer, "discriminator_adam", tensors);
  for (const [name, { values }] of tensors) {
    requireFinite(name, values, position.step);
  }
  await writeAtomically(
    path,
    encodeSafetensors({
      tensors,
      metadata: { position: JSON.stringify(position) },
    }),
  );
}

/**
 * Reads a checkpoint into a GAN that has just been created with the same options.
 *
 * @returns how far the run had come
 * @throws {Error} when the file is broken or belongs to other networks
 */
export async function restoreCheckpoint(
  path: string,
  gan: Gan,
): Promise<RunPosition> {
  const { tensors, metadata } = decodeSafetensors(
    await Deno.readFile(path),
    path,
  );
  for (const [network, model] of networksOf(gan)) {
    allVariables(model).forEach((variable, i) => {
      const name = `${network}/${model.weights[i].originalName}`;
      assign(variable, tensors.get(name), `${path}: ${name}`);
    });
  }
  restoreAdamState(gan.generatorOptimizer, "generator_adam", tensors);
  restoreAdamState(gan.discriminatorOptimizer, "discriminator_adam", tensors);
  return JSON.parse(metadata.position);
}

function networksOf(gan: Gan): [string, tf.LayersModel][] {
  const networks: [string, tf.LayersModel][] = [["generator", gan.generator], [
    "discriminator",
    gan.discriminator,
  ]];
  if (gan.average) networks.push(["average", gan.average]);
  return networks;
}

function requireFinite(name: string, values: Float32Array, step: number): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new NonFiniteWeightsError(
      `Saving step ${step}: '${name}' holds ${
        values[at]
      }; the earlier checkpoint is kept.`,
    );
  }
}

function assign(
  variable: tf.Variable,
  saved: NamedTensor | undefined,
  place: string,
): void {
  if (!saved) {
    throw new Error(`Restoring ${place}: the checkpoint has no such weight.`);
  }
  if (saved.shape.join() !== variable.shape.join()) {
    throw new Error(
      `Restoring ${place}: wanted shape [${variable.shape}], found [${saved.shape}].`,
    );
  }
  tf.tidy(() => variable.assign(tf.tensor(saved.values, variable.shape)));
}
