/**
 * The data set of the plane: eight round blobs in a ring. Such a ring is the usual test of whether
 * a GAN covers its data (Metz et al., arXiv 1611.02163). The blobs here are wider than usual, so
 * that they are visible.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";
import { normal, type StepNumber, uniform } from "../engine/random_tensors.ts";

/** A point in the plane. */
export type PlanePoint = readonly [x: number, y: number];

export const BLOBS = 8;
const RING_RADIUS = 2;

/** Standard deviation of a blob in x and in y. */
export const BLOB_DEVIATION = 0.12;

/** Centres of the blobs, counter-clockwise, starting on the right. */
export const blobCentres: readonly PlanePoint[] = Array.from({ length: BLOBS }, (_, blob) => {
  const angle = 2 * Math.PI * blob / BLOBS;
  return [RING_RADIUS * Math.cos(angle), RING_RADIUS * Math.sin(angle)];
});

/**
 * Returns real points `[count, 2]`. Each point is drawn from a random blob.
 *
 * @param step number of the draw; the points depend only on the seed and on this number
 */
export function drawBlobs(count: number, seed: number, step: StepNumber): tf.Tensor2D {
  return tf.tidy(() => {
    const blob = uniform<tf.Rank.R2>([count, 1], deriveSeed(seed, "blob"), step).mul(BLOBS).floor();
    const angle = blob.mul(2 * Math.PI / BLOBS);
    const centres = tf.concat([angle.cos(), angle.sin()], 1).mul(RING_RADIUS);
    const spread = normal<tf.Rank.R2>([count, 2], deriveSeed(seed, "spread"), step);
    return centres.add(spread.mul(BLOB_DEVIATION)) as tf.Tensor2D;
  });
}

/** Returns the density of the real points at a place. */
export function blobDensity([x, y]: PlanePoint): number {
  const variance = BLOB_DEVIATION ** 2;
  const bells = blobCentres.map(([cx, cy]) =>
    Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * variance))
  );
  return bells.reduce((sum, bell) => sum + bell, 0) / (BLOBS * 2 * Math.PI * variance);
}
