import type { ByteImages } from "../images.ts";

/**
 * Returns the number of steps in an epoch. The last batch of an epoch may be smaller than
 * `batchSize`.
 */
export function stepsPerEpoch(
  images: Pick<ByteImages, "count">,
  options: { readonly batchSize: number },
): number {
  return Math.ceil(images.count / options.batchSize);
}

/** Returns the number of epochs that a run starts, even if it does not complete the last one. */
export function totalEpochs(
  options: { readonly steps: number; readonly epochs: number },
  stepsPerEpoch: number,
): number {
  return Math.ceil(totalSteps(options, stepsPerEpoch) / stepsPerEpoch);
}

/**
 * Returns the number of steps in a whole run. If `options.steps` is 0, then `options.epochs`
 * determines the number of steps.
 */
export function totalSteps(
  options: { readonly steps: number; readonly epochs: number },
  stepsPerEpoch: number,
): number {
  return options.steps > 0 ? options.steps : options.epochs * stepsPerEpoch;
}
