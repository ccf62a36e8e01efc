/** Computes the length of a run. */
import type { ByteImages } from "../images.ts";

/** Returns the steps in an epoch. Each image is seen once, so the last batch may be smaller. */
export function stepsPerEpoch(
  images: Pick<ByteImages, "count">,
  options: { readonly batchSize: number },
): number {
  return Math.ceil(images.count / options.batchSize);
}

/** Returns the steps of a whole run: from its `steps` if given, else from its epochs. */
export function totalSteps(
  options: { readonly steps: number; readonly epochs: number },
  stepsPerEpoch: number,
): number {
  return options.steps > 0 ? options.steps : options.epochs * stepsPerEpoch;
}
