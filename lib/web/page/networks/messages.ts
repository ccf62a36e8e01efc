/** What the page asks the networks' worker, and what it answers. */
import type { Decision } from "../../../digits/decide.ts";
import type { Stroke } from "../../../digits/stroke_form.ts";
import type { NetworkFiles } from "../../digits/networks.ts";

/** By kind: what is asked, and what is answered. */
export interface NetworkTasks {
  /** Makes the networks; asked once, before all else. */
  readonly open: { readonly ask: NetworkFiles; readonly answer: null };
  /** Reads a written digit; null where nothing was written. */
  readonly read: {
    readonly ask: { readonly strokes: readonly Stroke[]; readonly most: number };
    readonly answer: Decision | null;
  };
  /** Draws a picture for each latent: ink from 0 to 255, row by row. */
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
  /** What went wrong. */
  readonly error?: string;
}
