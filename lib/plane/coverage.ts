/** Measures how much of the data a set of generated points reaches. */
import { BLOB_DEVIATION, blobCentres, type PlanePoint } from "./blobs.ts";

export interface Coverage {
  /** The number of blobs that have at least the fraction {@linkcode REACHED} of the points. */
  readonly blobs: number;
  /** The fraction of the points on each blob. */
  readonly shares: readonly number[];
  /** The fraction of the points that lie on any blob. */
  readonly onBlobs: number;
  /** The fraction of the points on the blob that has most of them. */
  readonly most: number;
}

/** Standard deviations from a blob's centre to its edge: 98.9 % of real points lie within. */
const NEAR = 3;

/**
 * The fraction of points from which a blob counts as reached; an even spread would give each blob
 * an eighth.
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
