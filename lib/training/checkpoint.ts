/**
 * Saves and restores checkpoints: safetensors files with the networks' weights, the optimizers'
 * state and the position in the run.
 *
 * Random numbers need no state. They depend only on the seed and the step.
 */
import * as tf from "@tensorflow/tfjs";
import { writeAtomically } from "../system/atomic_write.ts";
import { describeProblem } from "../system/describe_problem.ts";
import { UserError } from "../system/user_error.ts";
import { readAdamState, restoreAdamState } from "./adam_state.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  SafetensorsError,
} from "../models/safetensors.ts";

/** The networks and optimizers in training, by their names in checkpoints. */
export interface TrainedState {
  readonly networks: Readonly<Record<string, tf.LayersModel>>;
  readonly optimizers: Readonly<Record<string, tf.AdamOptimizer>>;
}

/** Thrown when a checkpoint is broken or belongs to other networks. */
export class CheckpointError extends UserError {
  override name = "CheckpointError";
}

/** Thrown when weights are not finite. */
export class NonFiniteWeightsError extends UserError {
  override name = "NonFiniteWeightsError";
}

/**
 * Writes a checkpoint. The earlier checkpoint is kept until the new one is complete.
 *
 * @param position must be serializable as JSON
 * @throws {NonFiniteWeightsError} when a weight is not finite
 */
export async function saveCheckpoint<
  Position extends { readonly step: number },
>(
  path: string,
  state: TrainedState,
  position: Position,
): Promise<void> {
  const tensors = new Map<string, NamedTensor>();
  for (const [name, variable] of variablesOf(state)) {
    tensors.set(name, {
      shape: variable.shape,
      values: variable.dataSync<"float32">(),
    });
  }
  for (const [name, optimizer] of Object.entries(state.optimizers)) {
    readAdamState(optimizer, name, tensors);
  }
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
 * Restores a checkpoint into new networks and optimizers with the same options.
 *
 * @returns the saved position in the run
 * @throws {CheckpointError} when the file is broken or belongs to other networks
 */
export async function restoreCheckpoint<
  Position extends { readonly step: number },
>(
  path: string,
  state: TrainedState,
): Promise<Position> {
  const bytes = await Deno.readFile(path);
  try {
    const { tensors, metadata } = decodeSafetensors(bytes, path);
    const position = parsePosition<Position>(metadata.position);
    for (const [name, variable] of variablesOf(state)) {
      assign(variable, tensors.get(name), name);
    }
    for (const [name, optimizer] of Object.entries(state.optimizers)) {
      restoreAdamState(optimizer, name, tensors);
    }
    return position;
  } catch (cause) {
    throw new CheckpointError(
      `Resuming from ${path}: wanted a complete checkpoint of these networks, found ` +
        `${cause instanceof SafetensorsError ? cause.found : describeProblem(cause)}. ` +
        "Restore it from a copy, or remove it; --resume then starts over from the first step.",
      { cause },
    );
  }
}

/** Checks only the field `step`. Only the caller knows the other fields. */
function parsePosition<Position extends { readonly step: number }>(
  text: string | undefined,
): Position {
  const position = JSON.parse(text ?? "null");
  if (Number.isSafeInteger(position?.step) && position.step >= 0) {
    return position;
  }
  throw new Error(`a position without a step: ${text}`);
}

/** Returns the networks' weights with their names in the checkpoint. */
function variablesOf({ networks }: TrainedState): [string, tf.Variable][] {
  return Object.entries(networks).flatMap(([network, { weights }]) =>
    weights.map((weight): [string, tf.Variable] => [
      `${network}/${weight.originalName}`,
      weight.read() as tf.Variable,
    ])
  );
}

function requireFinite(name: string, values: Float32Array, step: number): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new NonFiniteWeightsError(
      `Saving step ${step}: '${name}' contains ${values[at]}; the earlier checkpoint is kept.`,
    );
  }
}

function assign(
  variable: tf.Variable,
  saved: NamedTensor | undefined,
  name: string,
): void {
  if (!saved) throw new Error(`no weight '${name}'`);
  if (saved.shape.join() !== variable.shape.join()) {
    throw new Error(
      `'${name}': wanted shape [${variable.shape}], found [${saved.shape}]`,
    );
  }
  tf.tidy(() => variable.assign(tf.tensor(saved.values, variable.shape)));
}
