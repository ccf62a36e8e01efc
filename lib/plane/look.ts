import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "../models/latent.ts";
import type { PlanePoint } from "./blobs.ts";
import type { GeneratorLoss } from "./options.ts";
import { LATENT_SIZE, type PlaneGan } from "./plane_gan.ts";
import { lossOfGenerator } from "./plane_step.ts";

/** Half the side of the visible square, which reaches from −EXTENT to EXTENT in x and in y. */
export const EXTENT = 3;

/** Number of squares in each row and in each column of a map. */
export const CELLS = 40;

const SEED = 5;

/**
 * Returns points that the generator makes from random noise. The same seed gives the same noise.
 */
export function generatePoints(gan: PlaneGan, count: number, seed: number): PlanePoint[] {
  return toPoints(tf.tidy(() => {
    const latents = drawLatents(count, LATENT_SIZE, seed, 0);
    return (gan.generator.apply(latents) as tf.Tensor).dataSync<"float32">();
  }));
}

/**
 * Returns the discriminator's answers at the centres of `cells` times `cells` squares. An answer is
 * the probability that a point at the centre is real. The squares are listed row by row, starting
 * at the lower left.
 */
export function mapAnswers(discriminator: tf.LayersModel, cells: number): Float32Array {
  return tf.tidy(() =>
    (discriminator.apply(tf.tensor2d(mapPlaces(cells))) as tf.Tensor).sigmoid().dataSync<
      "float32"
    >()
  );
}

/** Returns the centres of the squares of a map, row by row, starting at the lower left. */
export function mapPlaces(cells: number): [number, number][] {
  const at = (i: number) => EXTENT * (2 * (i + 0.5) / cells - 1);
  return Array.from({ length: cells ** 2 }, (_, i) => [at(i % cells), at(Math.floor(i / cells))]);
}

/**
 * Returns the negative slope of the generator's loss at each point. The losses of the points are
 * not averaged, because averaging would divide each slope by the number of points.
 */
export function arrowsAt(
  { discriminator }: PlaneGan,
  points: readonly PlanePoint[],
  loss: GeneratorLoss,
): PlanePoint[] {
  return toPoints(tf.tidy(() => {
    const lossAt = (x: tf.Tensor) =>
      lossOfGenerator[loss](discriminator.apply(x) as tf.Tensor).mul(points.length);
    const places = tf.tensor2d(points.map(([x, y]) => [x, y]));
    return tf.grad(lossAt)(places).neg().dataSync<"float32">();
  }));
}

/** The state of a GAN at one moment, as the charts of the plane show it. */
export interface PlaneLook {
  readonly step: number;
  readonly title: string;
  readonly real: readonly PlanePoint[];
  readonly map: Float32Array;
  readonly generated: readonly PlanePoint[];
  readonly arrows: readonly PlanePoint[];
}

export interface LookOptions {
  readonly real: readonly PlanePoint[];
  /** Number of generated points; default 150. */
  readonly count?: number;
  /** Length of the arrow for a slope of 1; default 0.15. */
  readonly arrowLength?: number;
}

/**
 * Captures the points, the map and the arrows of a GAN after `step` training steps. The noise is
 * drawn with the same seed every time.
 */
export function lookAt(
  gan: PlaneGan,
  step: number,
  { real, count = 150, arrowLength = 0.15 }: LookOptions,
): PlaneLook {
  const generated = generatePoints(gan, count, SEED);
  return {
    step,
    title: `step ${step}`,
    real,
    map: mapAnswers(gan.discriminator, CELLS),
    generated,
    arrows: arrowsAt(gan, generated, gan.options.generatorLoss)
      .map(([x, y]) => [arrowLength * x, arrowLength * y]),
  };
}

/** Converts the values of a tensor `[count, 2]` into points. */
export function toPoints(values: Float32Array): PlanePoint[] {
  return Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]]);
}
