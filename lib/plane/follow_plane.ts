import { type Coverage, measureCoverage } from "./coverage.ts";
import { generatePoints, lookAt, type LookOptions, type PlaneLook } from "./look.ts";
import type { PlaneGan } from "./plane_gan.ts";
import { type PlaneReport, trainPlane, type TrainPlaneOptions } from "./train_plane.ts";

/** Losses and coverage at a stop, with a look at the GAN if requested. */
export interface PlaneStop extends PlaneReport, Coverage {
  readonly look?: PlaneLook;
}

export interface FollowPlaneOptions extends TrainPlaneOptions {
  readonly looks?: LookOptions;
}

const COUNTED = 1000;
const SEED = 5;

/** Trains a GAN, and counts the generated points by blob at each stop. */
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
