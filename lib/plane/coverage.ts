/** Measures how much of the data a set of generated points reaches. */
import { BLOB_DEVIATION, blobCentres, type PlanePoint } from "./blobs.ts";

export interface Coverage {
  /** The number of blobs that have at least the fraction {@linkcode REACHED} of the points. */
  readonly blobs: number;
  /** For each blob: the fraction of the points that lie on it. */
  readonly shares: readonly number[];
  /** The fraction of the points that lie on any blob. */
  readonly onBlobs: number;
  /** The fraction of the points on the blob that has the most of them. */
  readonly most: number;
}

/**
 * A point lies on a blob if it is within this many standard deviations of the blob's centre, as
 * 98.9 % of real points are.
 */
const NEAR = 3;

/**
 * The smallest fraction of the points that makes a blob count as reached. If points were spread
 * evenly, each blob would have an eighth.
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
