import { BLOB_DEVIATION, blobCentres, type PlanePoint } from "./blobs.ts";

export interface Coverage {
  /** Number of blobs with at least the fraction {@linkcode REACHED} of the points. */
  readonly blobs: number;
  /** Fraction of the points on each blob. */
  readonly shares: readonly number[];
  /** Fraction of the points on any blob. */
  readonly onBlobs: number;
  /** Largest fraction of the points on one blob. */
  readonly most: number;
}

/** Radius of a blob in standard deviations. 98.9 % of real points are within it. */
const NEAR = 3;

/**
 * Fraction of the points on a blob that counts as reached. An even spread gives each blob an
 * eighth.
 */
export const REACHED = 0.02;

/** Counts points by blob. */
export function measureCoverage(points: readonly PlanePoint[]): Coverage {
  const counts = blobCentres.map(([cx, cy]) =>
    points.filter(([x, y]) => Math.hypot(x - cx, y - cy) <= NEAR * BLOB_DEVIATION).length
  );
  const shares = counts.map((count) => count / points.length);
  return {
    shares,
    blobs: shares.filter((share) => share >= REACHED).length,
    onBlobs: shares.reduce((sum, share) => sum + share, 0),
    most: Math.max(...shares),
  };
}
