/** Returns latents by their index in a sequence. This file does not import tfjs. */
import { normalValues } from "../engine/random_values.ts";

/** A sequence of latents. */
export interface LatentSequence {
  readonly seed: number;
  readonly latentSize: number;
}

/** Philox makes four numbers at a time. Every latent begins with a new block. */
const IN_BLOCK = 4;

/**
 * Returns one latent of a sequence. If `latentSize` is a multiple of four, image `number` of `deno
 * task sample` has the same latent.
 *
 * @param number counted from 0
 * @returns `[latentSize]`, from N(0, 1)
 */
export function latentOf({ seed, latentSize }: LatentSequence, number: number): Float32Array {
  const from = number * Math.ceil(latentSize / IN_BLOCK) * IN_BLOCK;
  return normalValues(latentSize, { seed, step: 0 }, from);
}

/**
 * Returns a latent between two others. High-dimensional latents lie near the surface of a sphere,
 * and the path follows this surface (Shoemake's slerp; White, "Sampling generative networks", arXiv
 * 1609.04468).
 *
 * @param share 0 for the first latent, 1 for the second
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
  // Parallel latents have no arc between them.
  const weights = sine < 1e-6
    ? [1 - share, share]
    : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return first.map((value, i) => weights[0] * value + weights[1] * second[i]);
}

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}
