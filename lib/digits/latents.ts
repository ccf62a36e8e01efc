/** Returns latents by their index in a sequence. This file does not import tfjs. */
import { normalValues } from "../engine/random_values.ts";

/** Identifies a sequence of latents. */
export interface LatentSequence {
  readonly seed: number;
  readonly latentSize: number;
}

/**
 * Philox, the random number generator, makes numbers in blocks of four. Each latent starts with a
 * new block.
 */
const IN_BLOCK = 4;

/**
 * Returns one latent of a sequence. If `latentSize` is a multiple of four, then this is the latent
 * from which `deno task sample`, given the same seed, generates the image with the index `number`.
 *
 * @param number position of the latent in the sequence, counted from 0
 * @returns random numbers from N(0, 1), `[latentSize]`
 */
export function latentOf({ seed, latentSize }: LatentSequence, number: number): Float32Array {
  const from = number * Math.ceil(latentSize / IN_BLOCK) * IN_BLOCK;
  return normalValues(latentSize, { seed, step: 0 }, from);
}

/**
 * Returns a latent on the path between two latents. Latents with many dimensions lie near the
 * surface of a sphere, and the path follows this surface. The method is Shoemake's slerp (see
 * White, "Sampling generative networks", arXiv 1609.04468).
 *
 * @param share position on the path, from 0 (the first latent) to 1 (the second latent)
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
  // Between parallel latents there is no arc, so the path is a straight line.
  const weights = sine < 1e-6
    ? [1 - share, share]
    : [Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine];
  return first.map((value, i) => weights[0] * value + weights[1] * second[i]);
}

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}
