import { type Coverage, measureCoverage } from "./coverage.ts";
import { generatePoints, lookAt, type LookOptions, type PlaneLook } from "./look.ts";
import type { PlaneGan } from "./plane_gan.ts";
import { type PlaneReport, trainPlane, type TrainPlaneOptions } from "./train_plane.ts";

/**
 * The losses and the coverage at a stop in a training run. The field `look` is present only if
 * `looks` was set in the options.
 */
export interface PlaneStop extends PlaneReport, Coverage {
  readonly look?: PlaneLook;
}

export interface FollowPlaneOptions extends TrainPlaneOptions {
  readonly looks?: LookOptions;
}

const COUNTED = 1000;
const SEED = 5;

/** Trains a GAN. At each stop, counts the generated points on each blob. */
export async function followPlane(
  gan: PlaneGan,
  { looks, ...range }: FollowPlaneOptions,
): Promise<PlaneStop[]> {
  const stops: PlaneStop[] = [];
  for await (const report of trainPlane(gan, range)) {
    const coverage = measureCoverage(generatePoints(gan, COUNTED, SEED));
    const look = looks && { look: lookAt(gan, report.step, looks) };
    stops.push({ ...report, ...coverage, ...look });
  }
  return stops;
}
