/** Computes the length of a run. */
import type { ByteImages } from "../images.ts";

/**
 * Returns the number of steps in an epoch. Each image is used once per epoch, so the last batch may
 * be smaller than the others.
 */
export function stepsPerEpoch(
  images: Pick<ByteImages, "count">,
  options: { readonly batchSize: number },
): number {
  return Math.ceil(images.count / options.batchSize);
}

/**
 * Returns the number of steps in a whole run. This is `options.steps`, unless that is 0; then it is
 * the number of steps in all epochs together.
 */
export function totalSteps(
  options: { readonly steps: number; readonly epochs: number },
  stepsPerEpoch: number,
): number {
  return options.steps > 0 ? options.steps : options.epochs * stepsPerEpoch;
}
