/** Defines the messages between the page and the worker that runs the neural networks. */
import type { Decision } from "../../../digits/decide.ts";
import type { Stroke } from "../../../digits/stroke_form.ts";
import type { PackedFiles } from "./packed_files.ts";

/** Defines the question and the answer for each kind of task. */
export interface NetworkTasks {
  /**
   * Opens the networks. A worker gets this task once, before all other tasks. If the question is
   * null, then the worker loads the files itself.
   */
  readonly open: { readonly ask: PackedFiles | null; readonly answer: null };
  /** Reads a handwritten digit. The answer is null if nothing was written. */
  readonly read: {
    readonly ask: { readonly strokes: readonly Stroke[]; readonly most: number };
    readonly answer: Decision | null;
  };
  /**
   * Generates one picture for each latent. A picture is a list of numbers from 0 to 255 that give
   * the amount of ink in each pixel, row by row.
   */
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
