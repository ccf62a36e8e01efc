/**
 * Latents by number: where a picture keeps the number of its latent, the latent itself can be drawn
 * again, in a program or in a page. Imports no tfjs.
 */
import { normalValues } from "../engine/random_values.ts";

/** Names a sequence of latents. */
export interface LatentSequence {
  readonly seed: number;
  readonly latentSize: number;
}

/** Philox makes numbers by four, so every latent begins with a block of its own. */
const IN_BLOCK = 4;

/**
 * One latent of a sequence: what `deno task sample` draws its picture of that number from where
 * the latent's size is a multiple of four.
 *
 * @param number from 0
 * @returns `[latentSize]`, from N(0, 1)
 */
export function latentOf({ seed, latentSize }: LatentSequence, number: number): Float32Array {
  const from = number * Math.ceil(latentSize / IN_BLOCK) * IN_BLOCK;
  return normalValues(latentSize, { seed, step: 0 }, from);
}

/**
 * A latent on the way from one to another. Latents of many numbers lie near a sphere, and what the
 * generator has not been trained on lies inside it, so the way follows the sphere (Shoemake's
 * slerp; White, "Sampling generative networks", arXiv 1609.04468).
 *
 * @param share 0: the first; 1: the second
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
  // Where both point the same way, or opposite ways, there is no arc to follow.
  const weights = sine < 1e-6
    ? [1 - share, share]
    : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return first.map((value, i) => weights[0] * value + weights[1] * second[i]);
}

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}
