/**
 * Returns latents by their index in a sequence. The index of a picture's latent is stored with the
 * picture, so that a program or a page can recompute the latent. This file does not import tfjs.
 */
import { normalValues } from "../engine/random_values.ts";

/** A sequence of latents. */
export interface LatentSequence {
  readonly seed: number;
  readonly latentSize: number;
}

/** Philox generates blocks of four numbers, and every latent begins with a new block. */
const IN_BLOCK = 4;

/**
 * Returns one latent of a sequence. If the size of a latent is a multiple of four, this is also the
 * latent of the image with this index from `deno task sample`.
 *
 * @param number index in the sequence, from 0
 * @returns `[latentSize]`, from N(0, 1)
 */
export function latentOf({ seed, latentSize }: LatentSequence, number: number): Float32Array {
  const from = number * Math.ceil(latentSize / IN_BLOCK) * IN_BLOCK;
  return normalValues(latentSize, { seed, step: 0 }, from);
}

/**
 * Returns a latent on the path between two others. High-dimensional latents lie near the surface of
 * a sphere, and the generator was not trained on points inside the sphere. So the path follows the
 * surface (Shoemake's slerp; White, "Sampling generative networks", arXiv 1609.04468).
 *
 * @param share position on the path, from 0 (the first latent) to 1 (the second)
 */
export function latentBetween(
  first: Float32Array,
  second: Float32Array,
  share: number,
): Float32Array {
  const [a, b] = [lengthOf(first), lengthOf(second)];
  let product = 0;
  for (let i = 0; i < first.length; i++) product += first[i] * second[i];
  const angle = Math.acos(Math.max(-1, Math.min(1, product / (a * b || 1))));
  const sine = Math.sin(angle);
  // If both latents point in the same direction or in opposite directions, there is no arc to
  // follow.
  const weights = sine < 1e-6
    ? [1 - share, share]
    : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return first.map((value, i) => weights[0] * value + weights[1] * second[i]);
}

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}
