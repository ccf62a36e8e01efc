/** Defines the questions that the page asks the networks' worker, and the worker's answers. */
import type { Decision } from "../../../digits/decide.ts";
import type { Stroke } from "../../../digits/stroke_form.ts";
import type { PackedFiles } from "./packed_files.ts";

/** The question and the answer of each kind of task. */
export interface NetworkTasks {
  /** Opens the networks. This task is sent once, before all others. */
  readonly open: { readonly ask: PackedFiles; readonly answer: null };
  /** Reads a handwritten digit; the answer is null if nothing was written. */
  readonly read: {
    readonly ask: { readonly strokes: readonly Stroke[]; readonly most: number };
    readonly answer: Decision | null;
  };
  /** Generates a picture for each latent: ink from 0 to 255, row by row. */
  readonly draw: {
    readonly ask: { readonly latents: readonly Float32Array[] };
    readonly answer: readonly Uint8ClampedArray[];
  };
}

export type NetworkTask = keyof NetworkTasks;

export interface NetworkMessage<Kind extends NetworkTask = NetworkTask> {
  readonly id: number;
  readonly kind: Kind;
  readonly ask: NetworkTasks[Kind]["ask"];
}

export interface NetworkReply {
  readonly id: number;
  readonly answer?: unknown;
  /** The error message. */
  readonly error?: string;
}
