import type { WebNetworks } from "./networks.ts";
import type { Tensor2D } from "./tfjs.ts";

/**
 * Generates a picture for each latent.
 *
 * @param latents each `[latentSize]`; see digits/latents.ts
 * @returns for each picture: its ink from 0 to 255, `[28 * 28]`
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

/** Converts numbers in [-1, 1] to bytes. */
function toBytes(values: ArrayLike<number>): Uint8ClampedArray {
  return Uint8ClampedArray.from(values, (value) => (value + 1) * 127.5);
}
