/**
 * Saves and restores checkpoints. A checkpoint is a safetensors file with the networks' weights,
 * the optimizers' state and the position in the run.
 *
 * The state of random number generators is not saved, because random numbers depend only on the
 * seed and the step.
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

/**
 * The networks and optimizers that are being trained. The keys are the names used in checkpoints.
 */
export interface TrainedState {
  readonly networks: Readonly<Record<string, tf.LayersModel>>;
  readonly optimizers: Readonly<Record<string, tf.AdamOptimizer>>;
}

/** Thrown when a checkpoint is broken or was saved from different networks. */
export class CheckpointError extends UserError {
  override name = "CheckpointError";
}

/** Thrown when a checkpoint would contain a number that is infinite or NaN. */
export class NonFiniteWeightsError extends UserError {
  override name = "NonFiniteWeightsError";
}

/**
 * Writes a checkpoint. An earlier checkpoint at the same path is kept until the new checkpoint is
 * complete.
 *
 * @param position the position in the run, which must be serializable as JSON
 * @throws {NonFiniteWeightsError} if a number in the checkpoint would be infinite or NaN
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
 * Restores a checkpoint into new networks and optimizers. They must have been created with the same
 * options as the networks and optimizers that were saved.
 *
 * @returns the position in the run when the checkpoint was saved
 * @throws {CheckpointError} if the file is broken or was saved from different networks
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

/**
 * Parses a saved position and checks its field `step`. The function cannot check any other field,
 * because only the caller knows which fields there are.
 */
function parsePosition<Position extends { readonly step: number }>(
  text: string | undefined,
): Position {
  const position = JSON.parse(text ?? "null");
  if (Number.isSafeInteger(position?.step) && position.step >= 0) {
    return position;
  }
  throw new Error(`a position without a step: ${text}`);
}

/** Returns the weights of all networks, each with its name in the checkpoint. */
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
