/**
 * A checkpoint: all that a training needs to go on as if it had never stopped.
 *
 * A safetensors file with the weights of networks and the state of their optimizers, and how far
 * the training has come. Chance needs no state of its own: everything random is a function of seed
 * and step.
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

/** What a training changes; the names are the file's. */
export interface TrainedState {
  readonly networks: Readonly<Record<string, tf.LayersModel>>;
  readonly optimizers: Readonly<Record<string, tf.AdamOptimizer>>;
}

/** A checkpoint from which no training can go on: broken, or of other networks. */
export class CheckpointError extends UserError {
  override name = "CheckpointError";
}

/** Weights that are not finite: a state from which no run can go on. */
export class NonFiniteWeightsError extends UserError {
  override name = "NonFiniteWeightsError";
}

/**
 * Writes a checkpoint, in place of an earlier one only once it is whole.
 *
 * @param position how far the training has come; JSON can hold it
 * @throws {NonFiniteWeightsError} when a weight is not finite; the earlier checkpoint stays
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
 * Reads a checkpoint into networks and optimizers that have just been created with the same
 * options.
 *
 * @returns how far the training had come, as it was saved
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
      `Going on from ${path}: wanted a whole checkpoint of these networks, found ` +
        `${cause instanceof SafetensorsError ? cause.found : describeProblem(cause)}. Put a ` +
        "copy of it back; or remove it, and --resume starts the run over from its first step.",
      { cause },
    );
  }
}

/** Only `step` is checked: what else there is belongs to the caller. */
function parsePosition<Position extends { readonly step: number }>(
  text: string | undefined,
): Position {
  const position = JSON.parse(text ?? "null");
  if (Number.isSafeInteger(position?.step) && position.step >= 0) {
    return position;
  }
  throw new Error(`a position without its step: ${text}`);
}

/** Every weight of the networks, by its name in the file. */
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
      `Saving step ${step}: '${name}' holds ${values[at]}; the earlier checkpoint is kept.`,
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
