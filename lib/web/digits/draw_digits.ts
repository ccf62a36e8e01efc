import type { WebNetworks } from "./networks.ts";
import type { Tensor2D } from "./tfjs.ts";

/**
 * Generates a picture from each latent vector.
 *
 * @param latents latent vectors of shape `[latentSize]`; see digits/latents.ts
 * @returns pictures of shape `[28 * 28]`, with values from 0 (no ink) to 255
 */
export async function drawDigits(
  { tfjs: { core }, generator }: Pick<WebNetworks, "tfjs" | "generator">,
  latents: readonly Float32Array[],
): Promise<Uint8ClampedArray[]> {
  if (latents.length === 0) return [];
  const batch = core.tidy(() => {
    const input = core.tensor2d(latents.map((latent) => [...latent]));
    return generator.apply(input, { training: false }) as Tensor2D;
  });
  try {
    const [count, size] = batch.shape;
    const values = await batch.data();
    return Array.from(
      { length: count },
      (_, i) => toBytes(values.subarray(i * size, (i + 1) * size)),
    );
  } finally {
    batch.dispose();
  }
}

/** Converts numbers in [-1, 1] to bytes from 0 to 255. */
function toBytes(values: ArrayLike<number>): Uint8ClampedArray {
  return Uint8ClampedArray.from(values, (value) => (value + 1) * 127.5);
}
